package dev.stillpoint.repository.maintenance;

import dev.stillpoint.repository.blob.BlobStore;
import dev.stillpoint.repository.sort.RecordSorter;
import java.util.concurrent.atomic.AtomicLong;

/** Makes sorters that use the repository's temporary folder. Thread-safe. */
public final class Sorters {

  private final BlobStore blobs;
  private final long memoryBytes;
  private final AtomicLong made = new AtomicLong();

  /**
   * @param memoryBytes of one sorter; at most four are in use at once by one piece of work
   */
  public Sorters(BlobStore blobs, long memoryBytes) {
    this.blobs = blobs;
    this.memoryBytes = memoryBytes;
  }

  /** Half as large as a sorter; two are in use at once. */
  RecentRecords recent(int recordBytes) {
    return new RecentRecords(recordBytes, memoryBytes / 2);
  }

  RecordSorter ofRecords(int recordBytes) {
    return new RecordSorter(blobs, "m" + made.incrementAndGet(), recordBytes, memoryBytes);
  }
}
