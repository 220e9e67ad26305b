package dev.stillpoint.hypervisor.lab.block;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;

/**
 * A prepared image that a disk starts from and never writes to.
 *
 * @param file the raw image
 * @param data which of its blocks hold more than zeroes
 */
public record BaseImage(Path file, BitSet data) {
  public BaseImage {
    requireNonNull(file, "file");
    data = (BitSet) data.clone();
  }

  /**
   * Finds the blocks with data by reading the file.
   *
   * @param candidates the blocks that may have data; the others are not read
   */
  public static BaseImage scan(Path file, BitSet candidates) throws IOException {
    BitSet data = new BitSet();
    byte[] buffer = new byte[VirtualDisk.BLOCK_BYTES];
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      int blocks = VirtualDisk.blocks(channel.size());
      for (int block = candidates.nextSetBit(0);
          block >= 0 && block < blocks;
          block = candidates.nextSetBit(block + 1)) {
        long offset = (long) block * VirtualDisk.BLOCK_BYTES;
        int length = (int) Math.min(buffer.length, channel.size() - offset);
        BlockMap.readFully(channel, offset, ByteBuffer.wrap(buffer, 0, length));
        data.set(block, !VirtualDisk.isZero(buffer, 0, length));
      }
    }
    return new BaseImage(file, data);
  }
}
