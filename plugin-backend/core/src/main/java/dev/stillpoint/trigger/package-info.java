/**
 * Starts policies when their slot has come: once in each slot, on however many servers.
 *
 * <p>Entry type: {@link dev.stillpoint.trigger.Trigger}, which somebody must call again and again.
 * What is due is decided by {@link dev.stillpoint.trigger.DuePlan}, which is pure. That a slot is
 * started once only is held by {@link dev.stillpoint.job.SlotStartStore}, not by clocks.
 */
package dev.stillpoint.trigger;
