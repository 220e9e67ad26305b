/**
 * Runs: the queue, the state machine, the journal of outside effects, and the clean-up after a
 * crash.
 *
 * <p>Entry type: {@link dev.stillpoint.job.RunQueue}. What a run does is in {@code backup} and
 * {@code restore}, behind {@link dev.stillpoint.job.RunExecutor}. Which run is next, what is tried
 * again and when runs are expected is decided by pure functions ({@link
 * dev.stillpoint.job.QueueOrder}, {@link dev.stillpoint.job.RetryRule}, {@link
 * dev.stillpoint.job.QueueForecast}). Each run has a thread; everything may be asked from any.
 */
package dev.stillpoint.job;
