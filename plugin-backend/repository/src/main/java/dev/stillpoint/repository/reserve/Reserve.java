package dev.stillpoint.repository.reserve;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.blob.BlobAppender;
import dev.stillpoint.repository.blob.BlobName;
import dev.stillpoint.repository.blob.BlobStore;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much space a repository has for its own, and what of it is claimed on the disk. Thread-safe.
 *
 * <p>Not being able to claim again what was taken from us is no failure of what somebody asked for:
 * it is logged, tried again with the next change, and {@link #claimed} tells the truth.
 */
public final class Reserve {

  private static final Logger LOG = LoggerFactory.getLogger(Reserve.class);

  private static final String FOLDER = "ballast";

  /** Where empty blobs with room lie. */
  private static final Set<String> CLAIM_FOLDERS = Set.of(FOLDER, Change.SMALL, Change.LARGE);

  /** Less than this beyond a blob's end is the file system's own affair. */
  private static final long TRIM_FROM_BYTES = 16 * 1024;

  private final BlobStore blobs;
  private final Ledger ledger;
  private final Ballast ballast;
  private final Change change;
  private final ReentrantLock resizing = new ReentrantLock();
  private final AtomicBoolean shortOfDisk = new AtomicBoolean();

  private Reserve(BlobStore blobs, Ledger ledger, Ballast ballast, Change change) {
    this.blobs = blobs;
    this.ledger = ledger;
    this.ballast = ballast;
    this.change = change;
  }

  static Reserve open(BlobStore blobs, Optional<ByteCount> size, long pieceBytes) {
    Ballast ballast = new Ballast(blobs, FOLDER, pieceBytes);
    ballast.recover();
    Change change = new Change(blobs, ballast);
    change.recover();
    AtomicLong usedBytes = new AtomicLong();
    blobs.forEach(
        entry -> {
          usedBytes.addAndGet(Ledger.pages(entry.sizeBytes()));
          if (size.isPresent() && !isClaimed(entry.name())) {
            trim(blobs, entry.name());
          }
        });
    Reserve reserve = new Reserve(blobs, new Ledger(size, usedBytes.get()), ballast, change);
    reserve.settleQuietly();
    return reserve;
  }

  private static boolean isClaimed(BlobName name) {
    return CLAIM_FOLDERS.stream().anyMatch(folder -> name.value().startsWith(folder + "/"));
  }

  /** A process that was killed leaves a blob with the room it had taken over. */
  private static void trim(BlobStore blobs, BlobName name) {
    try {
      if (blobs.claims().room(name) > TRIM_FROM_BYTES) {
        blobs.claims().trim(name);
      }
    } catch (StillpointException e) {
      // Nothing is lost but some disk space; whoever wants to restore must not be kept out.
      LOG.warn("Cannot give back unused space of {}: {}", name, e.getMessage());
    }
  }

  /** Makes folders in advance, because the first blob of one must not find that none fits. */
  public void makeFolders(List<String> folders) {
    if (ledger.wanted()) {
      try {
        folders.forEach(blobs.claims()::makeFolder);
      } catch (StillpointException e) {
        LOG.warn("Cannot make the folders of {}: {}", blobs.location(), e.getMessage());
      }
    }
  }

  /**
   * Sets the reserve, at once and durably, also while backups run.
   *
   * @param record makes the size survive a power loss; empty for no reserve
   * @throws StillpointException CONFLICT when more than {@code size} is used, OUT_OF_SPACE when the
   *     disk has not enough left; nothing has changed then
   */
  public void resize(ByteCount size, Consumer<Optional<ByteCount>> record) {
    requireNonNull(size, "size");
    resizing.lock();
    try {
      Optional<ByteCount> before = ledger.reserve();
      requireUsedWithin(size);
      if (before.isPresent() && size.compareTo(before.get()) <= 0) {
        limitThenRecord(size, before, record);
      } else {
        grow(size, before, record);
      }
      LOG.info(
          "Resized the reserve: repository={} reserveBytes={} usedBytes={} claimedBytes={}",
          blobs.location(),
          size.bytes(),
          ledger.usedBytes(),
          claimed().bytes());
    } finally {
      resizing.unlock();
    }
  }

  private void grow(
      ByteCount size, Optional<ByteCount> before, Consumer<Optional<ByteCount>> record) {
    ledger.plan(Optional.of(size));
    try {
      claim(size);
      if (before.isPresent()) {
        // Nobody may use what is not durably ours.
        record(size, before, record);
        set(size);
      } else {
        limitThenRecord(size, before, record);
      }
    } finally {
      ledger.plan(Optional.empty());
      settleQuietly();
    }
  }

  /** Nobody may use any more what is durably not ours. */
  private void limitThenRecord(
      ByteCount size, Optional<ByteCount> before, Consumer<Optional<ByteCount>> record) {
    set(size);
    try {
      record(size, before, record);
    } catch (StillpointException e) {
      ledger.set(before);
      throw e;
    } finally {
      settleQuietly();
    }
  }

  private static void record(
      ByteCount size, Optional<ByteCount> before, Consumer<Optional<ByteCount>> record) {
    try {
      record.accept(Optional.of(size));
    } catch (StillpointException e) {
      try {
        // It may have been written before the failure, and must not stay when we report one.
        record.accept(before);
      } catch (StillpointException second) {
        e.addSuppressed(second);
      }
      throw e;
    }
  }

  private void claim(ByteCount size) {
    long missing =
        ballast.claimable()
            ? ballast.missingBytes(ledger.wantedBytes()) + change.missingBytes()
            : Math.max(0, size.bytes() - ledger.usedBytes());
    ByteCount free = blobs.free();
    if (missing > free.bytes()) {
      throw tooLittleDisk(size, new ByteCount(missing), free);
    }
    try {
      settle();
    } catch (StillpointException e) {
      if (e.kind() == ErrorKind.OUT_OF_SPACE) {
        throw tooLittleDisk(size, new ByteCount(missing), free);
      }
      throw e;
    }
    if (!ballast.claimable()) {
      LOG.warn(
          "The file system of {} cannot claim space: the reserve is a limit, others can use up the"
              + " disk",
          blobs.location());
    }
  }

  private StillpointException tooLittleDisk(ByteCount size, ByteCount missing, ByteCount free) {
    return new StillpointException(
        ErrorKind.OUT_OF_SPACE,
        "A reserve of %s for %s needs %s more of the disk, which has %s left"
            .formatted(size, blobs.location(), missing, free),
        "Ask for less, or make room on the disk.");
  }

  private void set(ByteCount size) {
    if (!ledger.set(Optional.of(size))) {
      throw tooMuchUsed(size);
    }
  }

  private void requireUsedWithin(ByteCount size) {
    if (ledger.usedBytes() > size.bytes()) {
      throw tooMuchUsed(size);
    }
  }

  private StillpointException tooMuchUsed(ByteCount size) {
    return new StillpointException(
        ErrorKind.CONFLICT,
        "The repository %s uses %s, which is more than a reserve of %s"
            .formatted(blobs.location(), new ByteCount(ledger.usedBytes()), size),
        "Ask for more, or expire restore points and collect their space first.");
  }

  /** What backups find when nothing is left. */
  StillpointException full() {
    return new StillpointException(
        ErrorKind.OUT_OF_SPACE,
        "The repository %s is full: it uses %s of its reserve of %s"
            .formatted(
                blobs.location(),
                new ByteCount(ledger.usedBytes()),
                ledger.reserve().orElse(ByteCount.ZERO)),
        "Expire restore points and collect their space, or grow the reserve.");
  }

  Ledger ledger() {
    return ledger;
  }

  long pieceBytes() {
    return ballast.pieceBytes();
  }

  /** Makes claimed space the new blob of that name; empty when none is claimed. */
  Optional<BlobAppender> takeOver(BlobName name) {
    Optional<BlobAppender> appender = ballast.takeOver(name);
    // In the moment between, a settling may give back or claim a piece too many: harmless.
    appender.ifPresent(taken -> ledger.addRoom(ballast.pieceBytes()));
    return appender;
  }

  /** Publishes a blob in claimed space, because the disk is full. Returns whether there is any. */
  boolean publish(BlobName name, byte[] content) {
    return ledger.wanted() && change.publish(name, content);
  }

  private void settle() {
    ballast.settle(ledger::wantedBytes);
    change.settle(ledger.wanted());
  }

  /** Claims what is missing and gives back what is too much, as far as the disk lets us. */
  void settleQuietly() {
    try {
      settle();
      shortOfDisk.set(false);
    } catch (StillpointException e) {
      if (!shortOfDisk.getAndSet(true)) {
        LOG.warn(
            "The reserve of {} is not wholly claimed, {} are: {}",
            blobs.location(),
            claimed(),
            e.getMessage());
      }
    }
  }

  /** The reserve; empty where only the disk limits the repository. */
  public Optional<ByteCount> size() {
    return ledger.reserve();
  }

  /** What the repository's files take, in whole pages of 4 KiB. */
  public ByteCount used() {
    return new ByteCount(ledger.usedBytes());
  }

  /** What is claimed on the disk and not used yet. */
  public ByteCount claimed() {
    return new ByteCount(ballast.claimedBytes() + ledger.roomBytes());
  }

  /** What the disk has left for everybody. */
  public ByteCount diskFree() {
    return blobs.free();
  }

  /** What backups may still take: within the reserve, and on the disk. */
  public ByteCount free() {
    ByteCount onDisk = claimed().plus(diskFree());
    return ledger.leftForPacks().filter(left -> left.compareTo(onDisk) < 0).orElse(onDisk);
  }
}
