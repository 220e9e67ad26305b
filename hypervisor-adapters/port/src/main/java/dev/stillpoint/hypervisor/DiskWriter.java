package dev.stillpoint.hypervisor;

import dev.stillpoint.model.ByteRange;
import dev.stillpoint.model.DiskId;
import java.nio.ByteBuffer;
import java.util.List;

/** Fills one new disk. Thread-safe but for {@link #finish} and {@link #close}. */
public interface DiskWriter extends AutoCloseable {

  /** The disk being filled. */
  DiskId disk();

  /** A new disk reads as zeroes without being written; false: it must be zeroed explicitly. */
  boolean startsZeroed();

  /** How many calls may run at one time with profit; at least one. */
  int parallelWrites();

  /** Writes the buffer's remaining bytes at that offset. */
  void write(long offset, ByteBuffer data);

  void zero(ByteRange range);

  /** Makes everything written so far durable on the storage. */
  void flush();

  /** Reads back what was written: fills the buffer with the bytes at that offset. */
  void readBack(long offset, ByteBuffer into);

  /** Whether the storage computes {@link #contentSum} by itself, so that nothing is read back. */
  boolean sumsContent();

  /**
   * What was written and flushed, as the storage sums it; takes as long as it needs to read it all.
   * Only where {@link #sumsContent()}.
   */
  ContentSum contentSum();

  /**
   * Whether the transfer broke off and was taken up again: what was written before may be lost,
   * though it was acknowledged.
   */
  boolean wasInterrupted();

  /** What the storage says is data and what is zero, the whole disk, in order. */
  List<Extent> extents();

  /** Flushes, ends the transfer and waits until the disk can be attached. */
  void finish();

  /** Ends an unfinished transfer; the disk then is worth nothing. Never throws. */
  @Override
  void close();
}
