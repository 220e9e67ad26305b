package dev.stillpoint.repository.maintenance;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Remembers records that were shown lately, byte by byte. What is new is always told to be new;
 * what is not may be told to be new once more, for one record drives out another. One thread.
 */
final class RecentRecords {

  private static final long SPREAD = 0x9e3779b97f4a7c15L;

  /** Records that share a place; with fewer, two that are alternately shown find neither. */
  private static final int WAYS = 4;

  private final int recordBytes;
  private final byte[] records;

  /** How many records each place holds. */
  private final int[] used;

  private final int shift;

  /**
   * @param recordBytes length of each record, at least 8
   * @param memoryBytes how much memory to take, at most
   */
  RecentRecords(int recordBytes, long memoryBytes) {
    long room = memoryBytes / ((long) WAYS * recordBytes + Integer.BYTES);
    int places = (int) Math.max(2, Long.highestOneBit(room));
    this.recordBytes = recordBytes;
    this.records = new byte[places * WAYS * recordBytes];
    this.used = new int[places];
    this.shift = Long.numberOfLeadingZeros(places - 1L);
  }

  /** Whether the record is not among those remembered; then it is from now on. */
  boolean isNew(byte[] record) {
    ByteBuffer bytes = ByteBuffer.wrap(record);
    long mixed = (bytes.getLong(0) ^ bytes.getLong(recordBytes - Long.BYTES) * SPREAD) * SPREAD;
    int place = (int) (mixed >>> shift);
    int first = place * WAYS * recordBytes;
    int end = first + used[place] * recordBytes;
    for (int at = first; at < end; at += recordBytes) {
      if (Arrays.equals(records, at, at + recordBytes, record, 0, recordBytes)) {
        return false;
      }
    }
    if (used[place] < WAYS) {
      used[place]++;
    }
    // The oldest goes.
    System.arraycopy(records, first, records, first + recordBytes, (WAYS - 1) * recordBytes);
    System.arraycopy(record, 0, records, first, recordBytes);
    return true;
  }
}
