package dev.stillpoint.repository.sort;

import java.util.Arrays;

/** Leaves out each record that is like the one before. */
final class DistinctRecords implements SortedRecords {

  private final SortedRecords records;
  private final byte[] current;
  private boolean started;

  DistinctRecords(SortedRecords records, int recordBytes) {
    this.records = records;
    this.current = new byte[recordBytes];
  }

  @Override
  public boolean next() {
    while (records.next()) {
      byte[] buffer = records.buffer();
      int from = records.offset();
      if (!started
          || !Arrays.equals(buffer, from, from + current.length, current, 0, current.length)) {
        started = true;
        System.arraycopy(buffer, from, current, 0, current.length);
        return true;
      }
    }
    return false;
  }

  @Override
  public byte[] buffer() {
    return current;
  }

  @Override
  public int offset() {
    return 0;
  }
}
