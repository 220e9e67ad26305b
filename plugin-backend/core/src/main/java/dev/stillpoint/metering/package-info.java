/**
 * What keeping restore points is charged by: hours, and hours times size, month by month.
 *
 * <p>Entry type: {@link dev.stillpoint.metering.Meter}. Pure.
 */
package dev.stillpoint.metering;
