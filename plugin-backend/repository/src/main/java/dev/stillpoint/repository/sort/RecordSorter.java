package dev.stillpoint.repository.sort;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.blob.BlobName;
import dev.stillpoint.repository.blob.BlobStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Sorts records of one length in the unsigned order of their bytes and leaves duplicates out, in
 * bounded memory: what does not fit is spilled, sorted, into {@code tmp/} of the blob store. One
 * thread.
 *
 * <p>Spilled blocks carry checksums: what is read back wrong is an error, never a record too few.
 */
public final class RecordSorter implements AutoCloseable {

  /** Beside the record itself: sixteen bytes to sort it. */
  private static final int SORT_BYTES = 16;

  private static final int MAX_BUFFER_BYTES = 1 << 30;

  private final BlobStore blobs;
  private final String name;
  private final int recordBytes;
  private final int fanIn;
  private final int capacity;
  private final List<Spill> spills = new ArrayList<>();
  private byte[] buffer;
  private int count;
  private int spilled;
  private boolean closed;

  /**
   * @param name for the temporary blobs, unlike that of any other sorter at work: lower-case
   *     letters, digits, hyphens
   * @param recordBytes length of each record
   * @param memoryBytes how much memory to take, roughly; the more, the fewer blobs
   */
  public RecordSorter(BlobStore blobs, String name, int recordBytes, long memoryBytes) {
    if (recordBytes < 1 || recordBytes > Spill.BLOCK_BYTES) {
      throw new IllegalArgumentException("Not a length of records: " + recordBytes);
    }
    this.blobs = requireNonNull(blobs, "blobs");
    this.name = requireNonNull(name, "name");
    this.recordBytes = recordBytes;
    this.fanIn = (int) Math.max(2, Math.min(1 << 12, memoryBytes / Spill.BLOCK_BYTES));
    this.capacity =
        (int)
            Math.max(
                2,
                Math.min(memoryBytes / (recordBytes + SORT_BYTES), MAX_BUFFER_BYTES / recordBytes));
    this.buffer = new byte[first()];
  }

  /** What is taken at first, in bytes. */
  private int first() {
    return Math.min(capacity, 1 << 10) * recordBytes;
  }

  /**
   * Takes a copy of a record. What was sorted before is sorted again with it; no cursor that was
   * asked for before may be used any more.
   *
   * @throws StillpointException OUT_OF_SPACE or STORAGE_UNAVAILABLE when spilling fails
   */
  public void add(byte[] record, int offset) {
    if (closed) {
      throw new IllegalStateException("The records are gone");
    }
    if (count == capacity) {
      spill();
    }
    if ((count + 1) * recordBytes > buffer.length) {
      buffer =
          Arrays.copyOf(
              buffer,
              (int) Math.min(Math.max(first(), 2L * buffer.length), (long) capacity * recordBytes));
    }
    System.arraycopy(record, offset, buffer, count * recordBytes, recordBytes);
    count++;
  }

  /**
   * The records in order, as often as asked for; to be used before {@link #close}.
   *
   * @throws StillpointException OUT_OF_SPACE or STORAGE_UNAVAILABLE when spilling fails
   */
  public SortedRecords cursor() {
    if (spills.isEmpty()) {
      return new DistinctRecords(inMemory(), recordBytes);
    }
    if (count > 0) {
      spill();
      buffer = new byte[0];
    }
    while (spills.size() > fanIn) {
      List<Spill> some = List.copyOf(spills.subList(0, fanIn));
      spills.add(write(merged(some)));
      some.forEach(this::drop);
    }
    return merged(spills);
  }

  /** Tells the visitor all records in order. */
  public void forEachSorted(RecordVisitor visitor) {
    SortedRecords records = cursor();
    while (records.next()) {
      visitor.record(records.buffer(), records.offset());
    }
  }

  /** Removes the temporary blobs. */
  @Override
  public void close() {
    closed = true;
    buffer = new byte[0];
    List.copyOf(spills).forEach(this::drop);
  }

  private SortedRecords merged(List<Spill> some) {
    List<SortedRecords> readers = new ArrayList<>();
    for (Spill spill : some) {
      readers.add(spill.read());
    }
    return new DistinctRecords(new MergedRecords(readers, recordBytes), recordBytes);
  }

  private SortedRecords inMemory() {
    int words = (recordBytes + Integer.BYTES - 1) / Integer.BYTES;
    return new MemoryRecords(buffer, SortOrder.of(count, words, this::word), recordBytes);
  }

  /** The record's bytes from four times {@code number}, filled up with zeroes behind its end. */
  private int word(int record, int number) {
    int word = 0;
    for (int i = Integer.BYTES * number; i < Integer.BYTES * (number + 1); i++) {
      word = (word << 8) | (i < recordBytes ? buffer[record * recordBytes + i] & 0xff : 0);
    }
    return word;
  }

  private void spill() {
    spills.add(write(new DistinctRecords(inMemory(), recordBytes)));
    count = 0;
  }

  private Spill write(SortedRecords records) {
    spilled++;
    BlobName blob = BlobName.of("tmp", "sort-" + name + "-" + spilled);
    if (blobs.exists(blob)) {
      // A killed process has left it.
      blobs.delete(blob);
    }
    return Spill.write(blobs, blob, recordBytes, records);
  }

  private void drop(Spill spill) {
    spills.remove(spill);
    blobs.delete(spill.name());
  }
}
