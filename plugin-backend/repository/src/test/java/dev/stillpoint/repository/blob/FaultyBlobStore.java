package dev.stillpoint.repository.blob;

import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * A store in memory that keeps its promises and not a bit more: it loses what was not flushed,
 * stops in the middle of a chosen call, and can be full.
 */
public final class FaultyBlobStore implements BlobStore {

  final Map<BlobName, MemoryBlob> blobs = new TreeMap<>(Comparator.comparing(BlobName::value));
  final Random random;
  private long changes;
  private long diesAt = Long.MAX_VALUE;
  private long capacityBytes = Long.MAX_VALUE;
  private SpaceClaims claims = new MemoryClaims(this);
  private String doubtful = "";
  private long claimsLeft = Long.MAX_VALUE;
  private final AtomicReference<Runnable> atNextFlush = new AtomicReference<>(() -> {});

  public FaultyBlobStore(long seed) {
    this.random = new Random(seed);
  }

  /** The n-th change from now, counted from one, happens in part or not at all, and is the last. */
  public synchronized void dieAtChange(long number) {
    diesAt = changes + number;
  }

  public synchronized boolean isDead() {
    return changes >= diesAt;
  }

  /** How many calls changed something so far. */
  public synchronized long changes() {
    return changes;
  }

  public synchronized void limitSpace(long freeBytes) {
    capacityBytes = freeBytes == Long.MAX_VALUE ? freeBytes : usedBytes() + freeBytes;
  }

  /** The next publication in that folder happens and yet reports a failure. */
  public synchronized void failAfterPublishingIn(String folder) {
    doubtful = folder + "/";
  }

  /** The next publication of that name happens and yet reports a failure. */
  public synchronized void failAfterPublishing(BlobName name) {
    doubtful = name.value();
  }

  /** So many claims succeed; then the disk is full, whatever it said before. */
  public synchronized void fillUpAfterClaims(long claims) {
    claimsLeft = claims;
  }

  void countClaim() {
    claimsLeft--;
    if (claimsLeft < 0) {
      limitSpace(0);
    }
  }

  BlobAppender appender(MemoryBlob blob) {
    return new MemoryAppender(blob);
  }

  /** Runs, once, at the start of the next flush; it may wait, and may fail the flush. */
  public void atNextFlush(Runnable action) {
    atNextFlush.set(action);
  }

  /** The store as another process finds it when ours was killed: nothing written is lost yet. */
  public synchronized FaultyBlobStore afterKill(long seed) {
    FaultyBlobStore copy = new FaultyBlobStore(seed);
    blobs.forEach((name, blob) -> copy.blobs.put(name, blob.copy()));
    return copy;
  }

  /**
   * The store after the power came back: of what was not flushed there is nothing, a part, or the
   * right length with pages that never reached the disk.
   */
  public synchronized FaultyBlobStore afterPowerLoss(long seed) {
    FaultyBlobStore copy = new FaultyBlobStore(seed);
    blobs.forEach(
        (name, blob) -> {
          boolean named = blob.nameDurable || random.nextBoolean();
          if (named || blob.earlierName.isPresent()) {
            copy.blobs.put(
                named ? name : blob.earlierName.orElseThrow(), blob.afterPowerLoss(random));
          }
        });
    return copy;
  }

  /** Changes one bit of a blob behind everybody's back. */
  public synchronized void flipBit(BlobName name, int offset, int bit) {
    blob(name).data[offset] ^= (byte) (1 << bit);
  }

  /** Cuts a blob's end off behind everybody's back. */
  public synchronized void truncate(BlobName name, int length) {
    MemoryBlob blob = blob(name);
    blob.length = length;
    blob.durable = length;
  }

  @Override
  public synchronized BlobAppender create(BlobName name) {
    requireAlive();
    if (blobs.containsKey(name)) {
      throw new StillpointException(ErrorKind.CONFLICT, "The blob " + name + " exists", "");
    }
    boolean dies = change();
    if (!dies || random.nextBoolean()) {
      blobs.put(name, new MemoryBlob());
    }
    dieIf(dies);
    return new MemoryAppender(blob(name));
  }

  @Override
  public synchronized void sync(BlobName name) {
    requireAlive();
    MemoryBlob blob = blob(name);
    boolean dies = change();
    if (!dies || random.nextBoolean()) {
      blob.flush();
    }
    dieIf(dies);
  }

  @Override
  public synchronized void read(BlobName name, long offset, ByteBuffer into) {
    requireAlive();
    MemoryBlob blob = blob(name);
    if (offset + into.remaining() > blob.length) {
      throw new StillpointException(
          ErrorKind.CORRUPT_DATA, "The blob " + name + " ends at " + blob.length, "");
    }
    into.put(blob.data, (int) offset, into.remaining());
  }

  @Override
  public synchronized long size(BlobName name) {
    requireAlive();
    return blob(name).length;
  }

  @Override
  public synchronized boolean exists(BlobName name) {
    requireAlive();
    return blobs.containsKey(name);
  }

  @Override
  public synchronized void publish(BlobName name, byte[] content) {
    requireAlive();
    boolean dies = change();
    if (!dies) {
      requireSpace(content.length);
    }
    if (!dies || random.nextBoolean()) {
      put(name, content);
    }
    dieIf(dies);
    if (!doubtful.isEmpty() && name.value().startsWith(doubtful)) {
      doubtful = "";
      throw new StillpointException(ErrorKind.STORAGE_UNAVAILABLE, "The flush failed", "");
    }
  }

  @Override
  public synchronized void move(BlobName from, BlobName to) {
    requireAlive();
    MemoryBlob blob = blob(from);
    boolean dies = change();
    if (!dies || random.nextBoolean()) {
      blobs.remove(from);
      blobs.put(to, blob);
    }
    dieIf(dies);
  }

  @Override
  public synchronized List<BlobEntry> list(String folder) {
    requireAlive();
    List<BlobEntry> entries = new ArrayList<>();
    blobs.forEach(
        (name, blob) -> {
          if (name.value().startsWith(folder + "/")) {
            entries.add(new BlobEntry(name, blob.length));
          }
        });
    return entries;
  }

  @Override
  public void delete(List<BlobName> names) {
    names.forEach(this::delete);
  }

  @Override
  public synchronized void delete(BlobName name) {
    requireAlive();
    boolean dies = change();
    if (!dies || random.nextBoolean()) {
      blobs.remove(name);
    }
    dieIf(dies);
  }

  @Override
  public synchronized ByteCount free() {
    return ByteCount.ofBytes(Math.max(0, capacityBytes - usedBytes()));
  }

  @Override
  public synchronized void forEach(String folder, Consumer<BlobEntry> visitor) {
    list(folder).forEach(visitor);
  }

  @Override
  public synchronized void forEach(Consumer<BlobEntry> visitor) {
    requireAlive();
    List<BlobEntry> entries = new ArrayList<>();
    blobs.forEach((name, blob) -> entries.add(new BlobEntry(name, blob.length)));
    entries.forEach(visitor);
  }

  @Override
  public SpaceClaims claims() {
    return claims;
  }

  /** From now on nothing can be claimed, as on a file system that cannot. */
  public synchronized void cannotClaim() {
    claims = SpaceClaims.NONE;
  }

  /** What the store takes of its disk: claimed or written, in whole pages. */
  public synchronized long takenBytes() {
    return blobs.values().stream().mapToLong(MemoryBlob::takenBytes).sum();
  }

  @Override
  public String location() {
    return "memory";
  }

  @Override
  public void close() {
    // Memory needs no closing.
  }

  void put(BlobName name, byte[] content) {
    MemoryBlob blob = new MemoryBlob();
    blob.append(content, 0, content.length);
    blob.flush();
    blobs.put(name, blob);
  }

  boolean change() {
    changes++;
    return changes == diesAt;
  }

  void requireAlive() {
    dieIf(isDead());
  }

  static void dieIf(boolean dies) {
    if (dies) {
      throw new StillpointException(ErrorKind.STORAGE_UNAVAILABLE, "The store has died", "");
    }
  }

  void requireSpace(long bytes) {
    if (usedBytes() + bytes > capacityBytes) {
      throw new StillpointException(
          ErrorKind.OUT_OF_SPACE, "memory is full: " + free().bytes() + " bytes are free", "");
    }
  }

  private long usedBytes() {
    return blobs.values().stream().mapToLong(blob -> Math.max(blob.length, blob.claimed)).sum();
  }

  MemoryBlob blob(BlobName name) {
    MemoryBlob blob = blobs.get(name);
    if (blob == null) {
      throw new StillpointException(ErrorKind.NOT_FOUND, "There is no blob " + name, "");
    }
    return blob;
  }

  private final class MemoryAppender implements BlobAppender {

    private final MemoryBlob blob;

    MemoryAppender(MemoryBlob blob) {
      this.blob = blob;
    }

    @Override
    public void append(byte[] data, int offset, int length) {
      synchronized (FaultyBlobStore.this) {
        requireAlive();
        boolean dies = change();
        long added = Math.max(0, blob.length + length - Math.max(blob.length, blob.claimed));
        boolean fits = usedBytes() + added <= capacityBytes;
        blob.append(data, offset, dies || !fits ? random.nextInt(length + 1) : length);
        dieIf(dies);
        if (!fits) {
          requireSpace(length);
        }
      }
    }

    @Override
    public void flush() {
      atNextFlush.getAndSet(() -> {}).run();
      synchronized (FaultyBlobStore.this) {
        requireAlive();
        boolean dies = change();
        if (!dies || random.nextBoolean()) {
          blob.flush();
        }
        dieIf(dies);
      }
    }

    @Override
    public void close() {
      // Nothing is flushed by closing.
    }
  }
}
