package dev.stillpoint.repository;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.Cancellation;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.RestorePointId;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.blob.BlobStore;
import dev.stillpoint.repository.blob.FileBlobStore;
import dev.stillpoint.repository.chunk.ChunkSettings;
import dev.stillpoint.repository.chunk.ChunkStore;
import dev.stillpoint.repository.reserve.Reserve;
import dev.stillpoint.repository.reserve.ReservedBlobStore;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
  private final Runnable unlock;
  private final InstantSource clock;
  private final ChunkStore chunks;
  private final ManifestStore manifests;
  private final Set<RestorePointId> writing = new HashSet<>();
  private boolean closed;

  private Repository(
      ReservedBlobStore blobs, InstantSource clock, ChunkSettings settings, Runnable unlock) {
    this.blobs = blobs;
    this.clock = clock;
    this.unlock = unlock;
    this.manifests = new ManifestStore(blobs);
    blobs.reserve().makeFolders(FOLDERS);
    this.chunks = ChunkStore.open(blobs, settings);
  }

  /**
   * Makes an empty repository and opens it.
   *
   * @param directory absent, or empty but for a file system's own {@code lost+found}
   * @throws StillpointException CONFLICT when there is something else in it
   */
  public static Repository create(Path directory, InstantSource clock) {
    return create(directory, clock, RepositoryOptions.standard());
  }

  /**
   * As {@link #create(Path, InstantSource)}, with a reserve.
   *
   * @throws StillpointException OUT_OF_SPACE when the disk has not enough left for the reserve
   */
  public static Repository create(Path directory, InstantSource clock, RepositoryOptions options) {
    RepositoryDirectory.prepare(directory);
    return RepositoryDirectory.withLock(
        directory,
        unlock ->
            create(
                FileBlobStore.open(directory), clock, options, ChunkSettings.standard(), unlock));
  }

  /** Makes a repository in an empty blob store. */
  static Repository create(
      BlobStore blobs,
      InstantSource clock,
      RepositoryOptions options,
      ChunkSettings settings,
      Runnable unlock) {
    ReservedBlobStore reserved =
        ReservedBlobStore.open(blobs, Optional.empty(), settings.packBytes());
    // An earlier creation that was cut off may have left one.
    ReserveFile.write(reserved, Optional.empty());
    options.reserve().ifPresent(size -> resize(reserved, size));
    RepositoryFile.write(reserved, clock.instant());
    return new Repository(reserved, clock, settings, unlock);
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
    RepositoryDirectory.requireRepository(directory);
    return RepositoryDirectory.withLock(
        directory,
        unlock -> open(FileBlobStore.open(directory), clock, ChunkSettings.standard(), unlock));
  }

  /** Opens what lies in any blob store that holds a repository. */
  static Repository open(
      BlobStore blobs, InstantSource clock, ChunkSettings settings, Runnable unlock) {
    RepositoryFile.check(blobs);
    ReservedBlobStore reserved =
        ReservedBlobStore.open(blobs, reserveOf(blobs), settings.packBytes());
    Repository repository = new Repository(reserved, clock, settings, unlock);
    LOG.info(
        "Opened repository={} entries={} packBytes={} points={}",
        blobs.location(),
        repository.chunks.entries(),
        repository.chunks.packBytes(),
        repository.manifests.count());
    return repository;
  }

  /** A damaged file must keep nobody from his data: it counts as none until it is set again. */
  private static Optional<ByteCount> reserveOf(BlobStore blobs) {
    try {
      return ReserveFile.read(blobs);
    } catch (StillpointException e) {
      if (e.kind() != ErrorKind.CORRUPT_DATA) {
        throw e;
      }
      LOG.error("The repository is opened without a reserve: {}", e.getMessage());
      return Optional.empty();
    }
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
      writing.add(id);
      return new PointSession(id, chunks, manifests, clock, () -> ended(id));
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
   * Opens an image for reading. It stays readable when its point is expired meanwhile.
   *
   * @throws StillpointException NOT_FOUND when there is no such point or image, CORRUPT_DATA when
   *     the manifest is damaged
   */
  public ImageReader openImage(ImageRef image) {
    requireOpen();
    return new MapImageReader(image, manifests.image(image), chunks);
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
   * Reads every chunk of a point again and checks it. What is found damaged is marked, durably: the
   * next write of the same content stores it again and so heals every point that has it.
   *
   * @throws StillpointException NOT_FOUND when there is none of that id, CANCELLED
   */
  public VerifyReport verify(RestorePointId id, Cancellation cancellation) {
    requireOpen();
    Manifest manifest;
    try {
      manifest = manifests.load(id).orElseThrow(() -> ManifestStore.noSuchPoint(id));
    } catch (StillpointException e) {
      if (e.kind() != ErrorKind.CORRUPT_DATA) {
        throw e;
      }
      return new VerifyReport(id, 0, ByteCount.ZERO, List.of(e.getMessage()));
    }
    VerifyReport report = new Verifier(chunks, cancellation).verify(manifest);
    if (!report.ok()) {
      LOG.error(
          "Restore point is damaged: point={} repository={} problems={} first={}",
          id,
          blobs.location(),
          report.problems().size(),
          report.problems().get(0));
      keepDamageMarks();
    }
    return report;
  }

  private void keepDamageMarks() {
    try {
      chunks.flush();
    } catch (StillpointException e) {
      // The report counts more; without the marks the next verification finds the same again.
      LOG.warn("The damage found could not be noted durably: {}", e.getMessage());
    }
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
        Optional.empty(),
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
    resize(blobs, reserve);
  }

  private static void resize(ReservedBlobStore blobs, ByteCount reserve) {
    blobs.reserve().resize(reserve, size -> ReserveFile.write(blobs, size));
  }

  /**
   * What is known to be wrong without a {@link #verify}: files found damaged or missing when the
   * repository was opened, and manifests that cannot be read now. A sentence each, naming the file.
   */
  public List<String> findings() {
    requireOpen();
    List<String> findings = new ArrayList<>(chunks.findings());
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
    try (blobs;
        chunks) {
      LOG.info("Closing repository={}", blobs.location());
    } finally {
      unlock.run();
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
