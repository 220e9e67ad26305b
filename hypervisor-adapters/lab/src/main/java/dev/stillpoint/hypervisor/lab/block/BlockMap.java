package dev.stillpoint.hypervisor.lab.block;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** What is known of an image's blocks: which are allocated and which hold more than zeroes. */
final class BlockMap {
  private final long sizeBytes;
  private final BitSet data;
  private final BitSet allocated;

  BlockMap(long sizeBytes, BitSet data, BitSet allocated) {
    this.sizeBytes = sizeBytes;
    this.data = data;
    this.allocated = allocated;
  }

  BlockMap copy() {
    return new BlockMap(sizeBytes, (BitSet) data.clone(), (BitSet) allocated.clone());
  }

  long sizeBytes() {
    return sizeBytes;
  }

  boolean isData(int block) {
    return data.get(block);
  }

  void set(int block, boolean isData) {
    data.set(block, isData);
    allocated.set(block);
  }

  /** How many bytes the image takes on its storage, in whole blocks. */
  long allocatedBytes() {
    return (long) allocated.cardinality() * VirtualDisk.BLOCK_BYTES;
  }

  BitSet dataBlocks() {
    return (BitSet) data.clone();
  }

  int blocks() {
    return VirtualDisk.blocks(sizeBytes);
  }

  void checkRange(long offset, long length) throws IOException {
    if (offset < 0 || length < 0 || offset + length > sizeBytes) {
      throw new IOException(
          "range " + offset + "+" + length + " is outside the image of " + sizeBytes + " bytes");
    }
  }

  List<Extent> zeroExtents() {
    List<Extent> extents = new ArrayList<>();
    for (int block = 0; block < blocks(); block++) {
      append(extents, block, !data.get(block), !allocated.get(block), false);
    }
    return extents;
  }

  List<Extent> dirtyExtents(BitSet dirty) {
    List<Extent> extents = new ArrayList<>();
    for (int block = 0; block < blocks(); block++) {
      append(extents, block, !data.get(block), false, dirty.get(block));
    }
    return extents;
  }

  private void append(List<Extent> extents, int block, boolean zero, boolean hole, boolean dirty) {
    long start = (long) block * VirtualDisk.BLOCK_BYTES;
    long length = Math.min(VirtualDisk.BLOCK_BYTES, sizeBytes - start);
    Extent next = new Extent(start, length, zero, hole, dirty);
    int last = extents.size() - 1;
    if (last >= 0 && extents.get(last).joins(next)) {
      extents.set(last, extents.get(last).plus(next));
    } else {
      extents.add(next);
    }
  }

  /** Where the content of a block of data lies. */
  interface Source {
    FileChannel of(int block);
  }

  /** Reads a range, blocks of one source in one go; blocks without data become zeroes. */
  void read(Source source, long offset, byte[] into, int from, int length) throws IOException {
    checkRange(offset, length);
    long position = offset;
    int at = from;
    long end = offset + length;
    while (position < end) {
      int block = VirtualDisk.block(position);
      Optional<FileChannel> file = where(source, block);
      int next = block + 1;
      while ((long) next * VirtualDisk.BLOCK_BYTES < end && where(source, next).equals(file)) {
        next++;
      }
      int run = (int) (Math.min(end, (long) next * VirtualDisk.BLOCK_BYTES) - position);
      if (file.isPresent()) {
        readFully(file.get(), position, ByteBuffer.wrap(into, at, run));
      } else {
        Arrays.fill(into, at, at + run, (byte) 0);
      }
      position += run;
      at += run;
    }
  }

  private Optional<FileChannel> where(Source source, int block) {
    return data.get(block) ? Optional.of(source.of(block)) : Optional.empty();
  }

  static void readFully(FileChannel file, long position, ByteBuffer into) throws IOException {
    long at = position;
    while (into.hasRemaining()) {
      int count = file.read(into, at);
      if (count < 0) {
        throw new IOException("the image file ends at " + at);
      }
      at += count;
    }
  }

  static void writeFully(FileChannel file, long position, ByteBuffer from) throws IOException {
    long at = position;
    while (from.hasRemaining()) {
      at += file.write(from, at);
    }
  }
}
