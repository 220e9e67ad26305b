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

  /** Finds the blocks with data by reading the whole file. */
  public static BaseImage scan(Path file) throws IOException {
    BitSet data = new BitSet();
    byte[] buffer = new byte[16 * VirtualDisk.BLOCK_BYTES];
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      for (long offset = 0; offset < size; offset += buffer.length) {
        int length = (int) Math.min(buffer.length, size - offset);
        BlockMap.readFully(channel, offset, ByteBuffer.wrap(buffer, 0, length));
        for (int at = 0; at < length; at += VirtualDisk.BLOCK_BYTES) {
          int block = Math.min(VirtualDisk.BLOCK_BYTES, length - at);
          data.set(VirtualDisk.block(offset + at), !VirtualDisk.isZero(buffer, at, block));
        }
      }
    }
    return new BaseImage(file, data);
  }
}
