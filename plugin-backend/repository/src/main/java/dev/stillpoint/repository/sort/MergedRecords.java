package dev.stillpoint.repository.sort;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * Brings sorted sequences together into one: by key, and where keys are equal in the order in which
 * the sequences were given. Nothing is left out. Holds one record of each.
 */
public final class MergedRecords implements SortedRecords {

  private final int keyBytes;
  private final Source[] heap;
  private int size;
  private boolean started;

  /**
   * @param keyBytes how many bytes at the start of each record are its key
   */
  public MergedRecords(List<? extends SortedRecords> sequences, int keyBytes) {
    this.keyBytes = keyBytes;
    this.heap = new Source[sequences.size()];
    for (int rank = 0; rank < heap.length; rank++) {
      heap[rank] = new Source(requireNonNull(sequences.get(rank), "sequence"), rank);
    }
  }

  @Override
  public boolean next() {
    if (!started) {
      started = true;
      start();
    } else if (size > 0) {
      if (!heap[0].advance(keyBytes)) {
        size--;
        heap[0] = heap[size];
      }
      sink(0);
    }
    return size > 0;
  }

  @Override
  public byte[] buffer() {
    return heap[0].records.buffer();
  }

  @Override
  public int offset() {
    return heap[0].records.offset();
  }

  private void start() {
    for (Source source : heap.clone()) {
      if (source.advance(keyBytes)) {
        heap[size] = source;
        size++;
      }
    }
    for (int parent = size / 2 - 1; parent >= 0; parent--) {
      sink(parent);
    }
  }

  private void sink(int from) {
    int parent = from;
    while (2 * parent + 1 < size) {
      int child = 2 * parent + 1;
      if (child + 1 < size && isBefore(heap[child + 1], heap[child])) {
        child++;
      }
      if (!isBefore(heap[child], heap[parent])) {
        return;
      }
      Source source = heap[parent];
      heap[parent] = heap[child];
      heap[child] = source;
      parent = child;
    }
  }

  private boolean isBefore(Source left, Source right) {
    int order = Long.compareUnsigned(left.head, right.head);
    if (order == 0) {
      int leftStart = left.records.offset();
      int rightStart = right.records.offset();
      order =
          Arrays.compareUnsigned(
              left.records.buffer(),
              leftStart,
              leftStart + keyBytes,
              right.records.buffer(),
              rightStart,
              rightStart + keyBytes);
    }
    return order == 0 ? left.rank < right.rank : order < 0;
  }

  private static final class Source {

    private final SortedRecords records;
    private final int rank;

    /** The key's first bytes: mostly they decide, at a fraction of the cost. */
    private long head;

    Source(SortedRecords records, int rank) {
      this.records = records;
      this.rank = rank;
    }

    boolean advance(int keyBytes) {
      if (!records.next()) {
        return false;
      }
      if (keyBytes >= Long.BYTES) {
        head = ByteBuffer.wrap(records.buffer()).getLong(records.offset());
      }
      return true;
    }
  }
}
