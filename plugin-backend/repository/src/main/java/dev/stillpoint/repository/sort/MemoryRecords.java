package dev.stillpoint.repository.sort;

/** Records in an array, in an order that was found before. */
final class MemoryRecords implements SortedRecords {

  private final byte[] records;
  private final long[] order;
  private final int recordBytes;
  private int next;

  MemoryRecords(byte[] records, long[] order, int recordBytes) {
    this.records = records;
    this.order = order;
    this.recordBytes = recordBytes;
  }

  @Override
  public boolean next() {
    next++;
    return next <= order.length;
  }

  @Override
  public byte[] buffer() {
    return records;
  }

  @Override
  public int offset() {
    return (int) order[next - 1] * recordBytes;
  }
}
