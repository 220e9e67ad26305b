/**
 * Sorts more records than fit in memory, and brings sorted sequences together.
 *
 * <p>Entry type {@link dev.stillpoint.repository.sort.RecordSorter}. Uses the blob store for what
 * does not fit; knows nothing of what the records mean. Each object belongs to one thread.
 */
package dev.stillpoint.repository.sort;
