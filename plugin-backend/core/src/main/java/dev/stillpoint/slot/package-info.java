/**
 * Slots and what they hold: capacity, advice where one is full, the calendar of a week. Pure:
 * schedules and an instant in; plans and refusals out. Everything is immutable.
 *
 * <p>Entry types: {@link dev.stillpoint.slot.SlotRules}, {@link dev.stillpoint.slot.WeekPlan}.
 */
package dev.stillpoint.slot;
