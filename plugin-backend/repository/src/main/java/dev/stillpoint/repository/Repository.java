package dev.stillpoint.repository;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.ByteRange;
import dev.stillpoint.model.Cancellation;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.RestorePointId;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.blob.BlobStore;
import dev.stillpoint.repository.blob.FileBlobStore;
import dev.stillpoint.repository.chunk.ChunkStore;
import dev.stillpoint.repository.crypto.PassphraseCost;
import dev.stillpoint.repository.format.ChunkId;
import dev.stillpoint.repository.maintenance.Collector;
import dev.stillpoint.repository.reserve.Reserve;
import dev.stillpoint.repository.reserve.ReservedBlobStore;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The place where backups are kept: a directory that one process has open at a time. Thread-safe.
 *
 * <p>Every method may throw a {@link StillpointException} of kind STORAGE_UNAVAILABLE when the disk
 * does not answer; other kinds are named where they occur.
 */
public final class Repository implements AutoCloseable {

  /** Every write starts on a multiple of it and is a multiple of it, but at the image's end. */
  public static final int GRID_BYTES = 64 * 1024;

  /** What holds blobs; see the package's page. */
  private static final List<String> FOLDERS = List.of("packs", "index", "points");

  private static final Logger LOG = LoggerFactory.getLogger(Repository.class);

  private final ReservedBlobStore blobs;
  private final Host host;
  private final InstantSource clock;
  private final ChunkStore chunks;
  private final ManifestStore manifests;
  private final RepositoryMaintenance maintenance;
  private final RepositoryKeys keys;
  private final Set<RestorePointId> writing = new HashSet<>();
  private boolean closed;

  Repository(ReservedBlobStore blobs, InstantSource clock, Host host, RepositoryKeys keys) {
    this.keys = keys;
    this.blobs = blobs;
    this.clock = clock;
    this.host = host;
    this.manifests = new ManifestStore(blobs, keys.keyring().documents());
    blobs.reserve().makeFolders(FOLDERS);
    Documents documents = new Documents(blobs, keys.keyring().documents());
    Collector.LoadedQuarantine quarantine = RepositoryMaintenance.loadQuarantine(blobs, documents);
    this.chunks =
        ChunkStore.open(
            blobs, keys.keyring().content(), host.settings(), host.flusher(), quarantine.packs());
    this.maintenance =
        new RepositoryMaintenance(blobs, chunks, manifests, documents, quarantine, clock, host);
  }

  /**
   * Makes an empty repository that is not encrypted, with the standard options, and opens it.
   * Errors as of the other.
   */
  public static Repository create(Path directory, InstantSource clock) {
    return create(directory, clock, RepositoryOptions.standard());
  }

  /**
   * Makes an empty repository that is not encrypted, and opens it.
   *
   * @param directory absent, or empty but for a file system's own {@code lost+found}
   * @throws StillpointException CONFLICT when there is something else in it
   */
  public static Repository create(Path directory, InstantSource clock, RepositoryOptions options) {
    return create(directory, clock, options, blobs -> RepositoryKeys.create(blobs, clock));
  }

  /**
   * Makes an empty encrypted repository and opens it.
   *
   * @param passphrase opens it from now on, as the first of its {@link #keys}; the caller closes it
   * @throws StillpointException as the other
   */
  public static Repository create(
      Path directory, InstantSource clock, RepositoryOptions options, Passphrase passphrase) {
    return create(
        directory,
        clock,
        options,
        blobs -> RepositoryKeys.create(blobs, clock, passphrase, PassphraseCost.standard()));
  }

  private static Repository create(
      Path directory,
      InstantSource clock,
      RepositoryOptions options,
      Function<BlobStore, RepositoryKeys> keys) {
    requireNonNull(options, "options");
    RepositoryDirectory.prepare(directory);
    return RepositoryDirectory.withLock(
        directory,
        unlock ->
            Opening.create(
                FileBlobStore.open(directory), clock, options, keys, Host.local(unlock)));
  }

  /** Whether a repository lies there, of any version. */
  public static boolean exists(Path directory) {
    return RepositoryDirectory.holdsRepository(directory);
  }

  /**
   * Opens a repository. After a crash this reads again what no index lists, which takes seconds per
   * GiB that was being written.
   *
   * @throws StillpointException NOT_FOUND when the directory is no repository, CONFLICT when
   *     another process or another part of this one has it open or when another version of
   *     Stillpoint wrote it, CORRUPT_DATA when its first file is damaged
   */
  public static Repository open(Path directory, InstantSource clock) {
    return open(directory, clock, RepositoryKey.none());
  }

  /**
   * Opens a repository with its key.
   *
   * @param key the caller closes it; it is not needed after this call
   * @throws StillpointException as the other; PERMISSION when the key is missing or not this
   *     repository's, CONFLICT when there is a key and the repository is not encrypted
   */
  public static Repository open(Path directory, InstantSource clock, RepositoryKey key) {
    RepositoryDirectory.requireRepository(directory);
    return RepositoryDirectory.withLock(
        directory,
        unlock -> Opening.open(FileBlobStore.open(directory), clock, key, Host.local(unlock)));
  }

  /** Names the repository for ever, wherever it is moved. */
  public UUID id() {
    return keys.file().id();
  }

  /** Whether it is encrypted, and so opened by a key only. */
  public boolean isEncrypted() {
    return keys.file().encrypted();
  }

  /**
   * The passphrases that open it, and its key sheet.
   *
   * @throws StillpointException CONFLICT when it is not encrypted
   */
  public KeySlots keys() {
    requireOpen();
    return keys.slots()
        .orElseThrow(
            () ->
                new StillpointException(
                    ErrorKind.CONFLICT,
                    "The repository " + blobs.location() + " is not encrypted: it has no keys",
                    "Make a new repository with a key to have its backups encrypted."));
  }

  /**
   * Starts a new restore point; it is visible after {@link PointWriter#commit}.
   *
   * @throws StillpointException CONFLICT when there is such a point, or one being written
   */
  public PointWriter startPoint(RestorePointId id) {
    requireNonNull(id, "id");
    synchronized (writing) {
      requireOpen();
      if (writing.contains(id) || manifests.exists(id)) {
        throw new StillpointException(
            ErrorKind.CONFLICT,
            "Restore point " + id + " exists already in " + blobs.location(),
            "");
      }
      PointWriter point = new PointSession(id, chunks, manifests, clock, () -> ended(id));
      writing.add(id);
      return point;
    }
  }

  /**
   * The committed restore points, oldest first. A damaged manifest is logged and left out; {@link
   * #findings} names it.
   */
  public List<Manifest> manifests() {
    requireOpen();
    return manifests.loadAll(e -> LOG.error("A restore point is left out: {}", e.getMessage()));
  }

  /**
   * One committed restore point; empty when there is none of that id.
   *
   * @throws StillpointException CORRUPT_DATA when its manifest is damaged
   */
  public Optional<Manifest> manifest(RestorePointId id) {
    requireOpen();
    return manifests.load(id);
  }

  /**
   * Opens an image or a stream for reading. It stays readable when its point is expired meanwhile.
   *
   * @throws StillpointException NOT_FOUND when there is no such point or image, CORRUPT_DATA when
   *     the manifest is damaged
   */
  public ImageReader openImage(ImageRef image) {
    requireOpen();
    ChunkStore.MapHold hold = chunks.hold(ChunkId.parse(manifests.image(image).rootHash()));
    try {
      // Held before the second look: whoever expires the point from now on leaves its map to us.
      ManifestImage manifest = manifests.image(image);
      return switch (manifest.layout()) {
        case GRID -> new MapImageReader(image, manifest, chunks, hold);
        case STREAM -> new StreamImageReader(image, manifest, chunks, hold);
      };
    } catch (RuntimeException | Error e) {
      hold.close();
      throw e;
    }
  }

  /**
   * Where two images differ, ascending and merged, on the grid but at an image's end. What lies
   * beyond the end of the shorter one differs, whatever it holds. Reads no data: the time is in
   * proportion to the difference.
   *
   * @throws StillpointException NOT_FOUND when there is no such point or image, BAD_REQUEST when
   *     one is a stream, CORRUPT_DATA when a manifest or a part of a map is damaged
   */
  public List<ByteRange> compare(ImageRef first, ImageRef second) {
    requireOpen();
    return ImageComparison.differences(manifests.image(first), manifests.image(second), chunks);
  }

  /**
   * Forgets a restore point, durably. Its space is reclaimed by a later collection.
   *
   * @throws StillpointException NOT_FOUND when there is none of that id
   */
  public void expire(RestorePointId id) {
    requireOpen();
    if (!manifests.exists(id)) {
      throw ManifestStore.noSuchPoint(id);
    }
    manifests.delete(id);
    LOG.info("Expired point={} repository={}", id, blobs.location());
  }

  /**
   * Reads everything of a point again and checks it. What is found damaged is marked, durably: the
   * next write of the same content stores it again and so heals every point that has it.
   *
   * @throws StillpointException NOT_FOUND when there is none of that id, CANCELLED
   */
  public VerifyReport verify(RestorePointId id, Cancellation cancellation) {
    requireOpen();
    return maintenance.verify(id, cancellation);
  }

  /** Verifies and collects the whole, and tells who uses how much. */
  public RepositoryMaintenance maintenance() {
    requireOpen();
    return maintenance;
  }

  /**
   * Whether a part of the image is known to be missing or damaged, so that nothing should be built
   * on it. Reads no data: it tells what reads, verifications and the opening have found. Costs
   * nothing while there is no damage at all, else time in proportion to the image's map.
   *
   * @throws StillpointException NOT_FOUND when there is no such point or image, CORRUPT_DATA when
   *     the manifest is damaged
   */
  public boolean hasKnownDamage(ImageRef image) {
    requireOpen();
    return KnownDamage.in(manifests.image(image), chunks);
  }

  /**
   * What is reserved, used and free. Asks the disk, in time that grows with the number of points.
   */
  public SpaceReport space() {
    requireOpen();
    Reserve reserve = blobs.reserve();
    return new SpaceReport(
        reserve.size(),
        reserve.claimed(),
        reserve.used(),
        ByteCount.ofBytes(chunks.packBytes()),
        maintenance.reclaimable(),
        reserve.free(),
        reserve.diskFree(),
        manifests.count());
  }

  /**
   * Sets the reserve, at once and durably, also while backups run. A repository that had none gets
   * one.
   *
   * @throws StillpointException CONFLICT when more than {@code reserve} is used, OUT_OF_SPACE when
   *     the disk has not enough left; nothing has changed then
   */
  public void resize(ByteCount reserve) {
    requireNonNull(reserve, "reserve");
    requireOpen();
    ReserveFile.resize(blobs, reserve);
  }

  /**
   * What is known to be wrong without a {@link #verify}: files found damaged or missing when the
   * repository was opened, key slots and manifests that cannot be read now. A sentence each, naming
   * the file.
   */
  public List<String> findings() {
    requireOpen();
    List<String> findings = new ArrayList<>(chunks.findings());
    keys.slots().ifPresent(slots -> findings.addAll(slots.findings()));
    try {
      ReserveFile.read(blobs);
    } catch (StillpointException e) {
      findings.add(e.getMessage());
    }
    manifests.loadAll(e -> findings.add(e.getMessage()));
    return findings;
  }

  /** Gives the directory free for others. Points being written are lost, readers fail. */
  @Override
  public void close() {
    synchronized (writing) {
      if (closed) {
        return;
      }
      closed = true;
    }
    try (keys;
        blobs;
        chunks) {
      LOG.info("Closing repository={}", blobs.location());
    } finally {
      host.release().run();
    }
  }

  private void ended(RestorePointId id) {
    synchronized (writing) {
      writing.remove(id);
    }
  }

  private void requireOpen() {
    synchronized (writing) {
      if (closed) {
        throw new StillpointException(
            ErrorKind.CONFLICT, "The repository " + blobs.location() + " is closed", "");
      }
    }
  }
}
