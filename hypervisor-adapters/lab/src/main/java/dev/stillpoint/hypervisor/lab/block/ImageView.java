package dev.stillpoint.hypervisor.lab.block;

import java.io.IOException;
import java.util.BitSet;
import java.util.List;

/** The content of a disk, now or at one point in time. Safe for use by many threads. */
public interface ImageView {
  /** The virtual size in bytes. */
  long sizeBytes();

  /**
   * Reads a range.
   *
   * @throws IOException when the storage fails or the range leaves the image
   */
  void read(long offset, byte[] into, int from, int length) throws IOException;

  /** The image as runs of data, zeroes and holes, contiguous over its whole size. */
  List<Extent> zeroExtents();

  /**
   * The image as runs of changed and unchanged content; holes are not told apart from zeroes.
   *
   * @param dirty the changed blocks, {@link VirtualDisk#BLOCK_BYTES} each
   */
  List<Extent> dirtyExtents(BitSet dirty);
}
