package dev.stillpoint.hypervisor;

import dev.stillpoint.model.ByteCount;
import java.nio.ByteBuffer;
import java.util.List;

/** Reads one disk of a snapshot. Thread-safe. */
public interface DiskReader extends AutoCloseable {

  ByteCount size();

  /** How this disk really is read, known only now that it is open. */
  ReadMode readMode();

  /**
   * The whole disk, in order, without gaps or overlaps: what holds data to be read, what is zero,
   * what did not change (only when incremental).
   */
  List<Extent> extents();

  /** How many {@link #read} calls may run at one time with profit; at least one. */
  int parallelReads();

  /**
   * Fills the buffer from its position to its limit with the bytes at that offset.
   *
   * @param offset plus the buffer's remaining bytes must lie within the disk
   */
  void read(long offset, ByteBuffer into);

  /** Ends the transfer; the snapshot stays. Never throws. */
  @Override
  void close();
}
