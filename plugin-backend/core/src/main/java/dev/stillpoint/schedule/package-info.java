/**
 * When policies start: recurrences, hours, zones, daylight saving. Pure: dates and instants in,
 * slots out; nothing here asks a clock.
 *
 * <p>Entry type: {@link dev.stillpoint.schedule.Schedule}. Uses the model only; everything is
 * immutable.
 */
package dev.stillpoint.schedule;
