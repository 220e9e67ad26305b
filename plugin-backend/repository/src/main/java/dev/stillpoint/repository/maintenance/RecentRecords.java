package dev.stillpoint.repository.maintenance;

import java.util.Arrays;

/**
 * Remembers for each place the record that was shown there last, byte by byte, and for places far
 * apart only one of them. What is new is always told to be new; what is not may be told to be new
 * once more. Neighbouring places lie side by side, so that a look costs no cache miss. One thread.
 */
final class RecentRecords {

  private final int recordBytes;
  private final byte[] records;
  private final boolean[] used;
  private final int mask;

  /**
   * @param recordBytes length of each record
   * @param memoryBytes how much memory to take, at most
   */
  RecentRecords(int recordBytes, long memoryBytes) {
    int places = (int) Math.max(2, Long.highestOneBit(memoryBytes / (recordBytes + 1L)));
    this.recordBytes = recordBytes;
    this.records = new byte[places * recordBytes];
    this.used = new boolean[places];
    this.mask = places - 1;
  }

  /** Whether the record is not the one remembered there; then it is from now on. */
  boolean isNew(byte[] record, int place) {
    int slot = place & mask;
    int at = slot * recordBytes;
    if (used[slot] && Arrays.equals(records, at, at + recordBytes, record, 0, recordBytes)) {
      return false;
    }
    used[slot] = true;
    System.arraycopy(record, 0, records, at, recordBytes);
    return true;
  }
}
