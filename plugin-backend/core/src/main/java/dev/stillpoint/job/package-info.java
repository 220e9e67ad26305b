/**
 * Runs: the queue, the state machine, the journal of outside effects, and the clean-up after a
 * crash.
 *
 * <p>Entry type: {@link dev.stillpoint.job.RunQueue}. What a run does is in {@code backup} and
 * {@code restore}, behind {@link dev.stillpoint.job.RunExecutor}. One thread executes runs, first
 * in first out; everything may be asked from any thread.
 */
package dev.stillpoint.job;
