package dev.stillpoint.hypervisor.lab.block;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A disk at one point in time. Blocks that the guest overwrites afterwards are first copied aside.
 * It is kept as long as somebody holds it; {@link #close} gives one hold back.
 */
public final class DiskSnapshot implements ImageView, PointInTime {
  private final VirtualDisk disk;
  private final BlockMap map;
  private final Optional<BitSet> dirty;
  private final Path asideFile;
  private final FileChannel aside;
  private final BitSet copied = new BitSet();
  private final AtomicInteger holds = new AtomicInteger(1);

  DiskSnapshot(VirtualDisk disk, BlockMap map, Optional<BitSet> dirty, Path asideFile)
      throws IOException {
    this.disk = disk;
    this.map = map;
    this.dirty = dirty;
    this.asideFile = asideFile;
    this.aside =
        FileChannel.open(
            asideFile,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
  }

  /** The blocks changed since the checkpoint that was asked about, if it had a bitmap. */
  public Optional<BitSet> dirty() {
    return dirty;
  }

  @Override
  public boolean isIncremental() {
    return dirty.isPresent();
  }

  @Override
  public String sha256() throws IOException {
    return Sums.sha256(this);
  }

  @Override
  public DiskSnapshot hold() {
    if (holds.getAndIncrement() <= 0) {
      throw new IllegalStateException("the snapshot is already gone: " + asideFile);
    }
    return this;
  }

  @Override
  public long sizeBytes() {
    return map.sizeBytes();
  }

  @Override
  public void read(long offset, byte[] into, int from, int length) throws IOException {
    disk.whileNobodyWrites(
        () ->
            map.read(
                block -> copied.get(block) ? aside : disk.sourceOf(block),
                offset,
                into,
                from,
                length));
  }

  @Override
  public List<Extent> zeroExtents() {
    return map.zeroExtents();
  }

  @Override
  public List<Extent> dirtyExtents(BitSet dirty) {
    return map.dirtyExtents(dirty);
  }

  /** Keeps a block before it changes; called by the disk with its write lock held. */
  void preserve(int block, byte[] scratch) throws IOException {
    if (copied.get(block) || !map.isData(block)) {
      return;
    }
    long start = (long) block * VirtualDisk.BLOCK_BYTES;
    int length = (int) Math.min(VirtualDisk.BLOCK_BYTES, map.sizeBytes() - start);
    ByteBuffer content = ByteBuffer.wrap(scratch, 0, length);
    BlockMap.readFully(disk.sourceOf(block), start, content);
    BlockMap.writeFully(aside, start, content.flip());
    copied.set(block);
  }

  /** How many blocks were copied aside so far. */
  public int copiedBlocks() {
    return disk.look(copied::cardinality);
  }

  @Override
  public void close() throws IOException {
    if (holds.decrementAndGet() == 0) {
      disk.forget(this);
      aside.close();
      Files.deleteIfExists(asideFile);
    }
  }
}
