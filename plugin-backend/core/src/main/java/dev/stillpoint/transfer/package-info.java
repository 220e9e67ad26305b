/**
 * Moving the bytes of one disk: what to read, in which pieces, on how many threads.
 *
 * <p>Entry types: {@link dev.stillpoint.transfer.ReadPlan} (pure), {@link
 * dev.stillpoint.transfer.ParallelCopy}. Data is pulled piece by piece through one buffer per
 * thread, so memory does not grow with the disk.
 */
package dev.stillpoint.transfer;
