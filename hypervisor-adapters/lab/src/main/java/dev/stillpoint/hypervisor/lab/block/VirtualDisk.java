package dev.stillpoint.hypervisor.lab.block;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * A disk as its guest sees it: raw content of a fixed size, over an optional base image. Writes are
 * recorded in one bitmap for each checkpoint and copied aside for each open snapshot.
 */
public final class VirtualDisk implements ImageView, DiskImage, Closeable {
  /** The unit of allocation and of change tracking. */
  public static final int BLOCK_BYTES = 64 * 1024;

  private static final byte[] ZEROES = new byte[BLOCK_BYTES];

  private final Path file;
  private final FileChannel top;
  private final Optional<FileChannel> base;
  private final BlockMap map;
  private final BitSet inTop = new BitSet();
  private final Map<String, BitSet> changed = new HashMap<>();
  private final List<DiskSnapshot> snapshots = new CopyOnWriteArrayList<>();
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private int snapshotCount;

  private VirtualDisk(Path file, Optional<FileChannel> base, BlockMap map) throws IOException {
    this.file = file;
    this.base = base;
    this.map = map;
    this.top =
        FileChannel.open(
            file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  /** A new disk that reads as zeroes; {@code file} must not exist. */
  public static VirtualDisk empty(Path file, long sizeBytes) throws IOException {
    return new VirtualDisk(
        file, Optional.empty(), new BlockMap(sizeBytes, new BitSet(), new BitSet()));
  }

  /** A new disk that starts with the content of a base image; {@code file} must not exist. */
  public static VirtualDisk over(BaseImage image, Path file) throws IOException {
    FileChannel base = FileChannel.open(image.file(), StandardOpenOption.READ);
    try {
      BlockMap map = new BlockMap(base.size(), image.data(), (BitSet) image.data().clone());
      return new VirtualDisk(file, Optional.of(base), map);
    } catch (IOException e) {
      base.close();
      throw e;
    }
  }

  static int block(long offset) {
    return Math.toIntExact(offset / BLOCK_BYTES);
  }

  static int blocks(long sizeBytes) {
    return Math.toIntExact((sizeBytes + BLOCK_BYTES - 1) / BLOCK_BYTES);
  }

  static boolean isZero(byte[] bytes, int from, int length) {
    return Arrays.equals(bytes, from, from + length, ZEROES, 0, length);
  }

  @Override
  public long sizeBytes() {
    return map.sizeBytes();
  }

  @Override
  public long allocatedBytes() {
    return look(map::allocatedBytes);
  }

  @Override
  public void read(long offset, byte[] into, int from, int length) throws IOException {
    whileNobodyWrites(() -> map.read(this::sourceOf, offset, into, from, length));
  }

  @Override
  public List<Extent> zeroExtents() {
    return look(map::zeroExtents);
  }

  @Override
  public List<Extent> dirtyExtents(BitSet dirty) {
    return look(() -> map.dirtyExtents(dirty));
  }

  /** Which blocks hold more than zeroes. */
  public BitSet dataBlocks() {
    return look(map::dataBlocks);
  }

  /** Writes a range; a block that becomes all zeroes is known as such afterwards. */
  @Override
  public void write(long offset, byte[] bytes, int from, int length) throws IOException {
    lock.writeLock().lock();
    try {
      map.checkRange(offset, length);
      for (int done = 0; done < length; ) {
        long position = offset + done;
        int into = (int) (position % BLOCK_BYTES);
        int count = Math.min(BLOCK_BYTES - into, length - done);
        writeBlock(block(position), into, bytes, from + done, count);
        done += count;
      }
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** Makes a range read as zeroes. */
  public void zero(long offset, long length) throws IOException {
    lock.writeLock().lock();
    try {
      map.checkRange(offset, length);
      for (long done = 0; done < length; ) {
        long position = offset + done;
        int into = (int) (position % BLOCK_BYTES);
        int count = (int) Math.min(BLOCK_BYTES - into, length - done);
        writeBlock(block(position), into, ZEROES, 0, count);
        done += count;
      }
    } finally {
      lock.writeLock().unlock();
    }
  }

  private void writeBlock(int block, int into, byte[] bytes, int from, int count)
      throws IOException {
    long start = (long) block * BLOCK_BYTES;
    int size = (int) Math.min(BLOCK_BYTES, map.sizeBytes() - start);
    preserve(block);
    for (BitSet bitmap : changed.values()) {
      bitmap.set(block);
    }
    if (count == size) {
      store(block, start, bytes, from, count);
    } else {
      byte[] whole = new byte[size];
      map.read(this::sourceOf, start, whole, 0, size);
      System.arraycopy(bytes, from, whole, into, count);
      store(block, start, whole, 0, size);
    }
  }

  private void store(int block, long start, byte[] bytes, int from, int count) throws IOException {
    boolean data = !isZero(bytes, from, count);
    if (data) {
      BlockMap.writeFully(top, start, ByteBuffer.wrap(bytes, from, count));
      inTop.set(block);
    }
    map.set(block, data);
  }

  private void preserve(int block) throws IOException {
    if (!snapshots.isEmpty()) {
      byte[] scratch = new byte[BLOCK_BYTES];
      for (DiskSnapshot snapshot : snapshots) {
        snapshot.preserve(block, scratch);
      }
    }
  }

  /** Where a block of data lies; to be called with a lock held. */
  FileChannel sourceOf(int block) {
    return inTop.get(block) ? top : base.orElse(top);
  }

  /** Makes sure that what was written is on the storage. */
  public void flush() throws IOException {
    top.force(false);
  }

  /** The disk at this instant. The caller closes it. */
  public DiskSnapshot snapshot() throws IOException {
    try (Frozen frozen = freeze()) {
      return frozen.snapshot(Optional.empty());
    }
  }

  @Override
  public Frozen freeze() {
    lock.writeLock().lock();
    return new Frozen();
  }

  /** A disk that nobody else writes to; belongs to the thread that froze it. */
  public final class Frozen implements FrozenDisk {
    private Frozen() {}

    @Override
    public DiskSnapshot snapshot(Optional<String> since) throws IOException {
      snapshotCount++;
      Path aside = file.resolveSibling(file.getFileName() + ".aside" + snapshotCount);
      DiskSnapshot snapshot =
          new DiskSnapshot(VirtualDisk.this, map.copy(), since.flatMap(this::changedSince), aside);
      snapshots.add(snapshot);
      return snapshot;
    }

    /** The blocks changed since a checkpoint, if the disk has a bitmap for it. */
    Optional<BitSet> changedSince(String checkpoint) {
      return Optional.ofNullable(changed.get(checkpoint)).map(bits -> (BitSet) bits.clone());
    }

    @Override
    public void track(String checkpoint) {
      changed.put(checkpoint, new BitSet());
    }

    @Override
    public void close() {
      lock.writeLock().unlock();
    }
  }

  @Override
  public void forget(String checkpoint) {
    lock.writeLock().lock();
    try {
      changed.remove(checkpoint);
    } finally {
      lock.writeLock().unlock();
    }
  }

  void forget(DiskSnapshot snapshot) {
    lock.writeLock().lock();
    try {
      snapshots.remove(snapshot);
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** A step that reads content and may fail. */
  interface Reading {
    void run() throws IOException;
  }

  void whileNobodyWrites(Reading reading) throws IOException {
    lock.readLock().lock();
    try {
      reading.run();
    } finally {
      lock.readLock().unlock();
    }
  }

  <T> T look(Supplier<T> question) {
    lock.readLock().lock();
    try {
      return question.get();
    } finally {
      lock.readLock().unlock();
    }
  }

  @Override
  public String sha256Now() throws IOException {
    try (DiskSnapshot now = snapshot()) {
      return now.sha256();
    }
  }

  /** Raw content has nothing that could be damaged. */
  @Override
  public void verify() {}

  @Override
  public void delete() {
    try {
      close();
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove the disk file " + file, e);
    }
  }

  @Override
  public void close() throws IOException {
    top.close();
    if (base.isPresent()) {
      base.get().close();
    }
  }
}
