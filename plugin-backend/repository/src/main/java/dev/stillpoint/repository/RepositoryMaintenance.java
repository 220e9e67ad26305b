package dev.stillpoint.repository;

import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.Cancellation;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.RestorePointId;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.blob.BlobStore;
import dev.stillpoint.repository.chunk.ChunkStore;
import dev.stillpoint.repository.format.ChunkId;
import dev.stillpoint.repository.maintenance.Checked;
import dev.stillpoint.repository.maintenance.CollectContext;
import dev.stillpoint.repository.maintenance.CollectOptions;
import dev.stillpoint.repository.maintenance.CollectReport;
import dev.stillpoint.repository.maintenance.Collector;
import dev.stillpoint.repository.maintenance.MaintenanceListener;
import dev.stillpoint.repository.maintenance.OwnerUsage;
import dev.stillpoint.repository.maintenance.Root;
import dev.stillpoint.repository.maintenance.Sample;
import dev.stillpoint.repository.maintenance.Sorters;
import dev.stillpoint.repository.maintenance.StateFile;
import dev.stillpoint.repository.maintenance.UsageFigures;
import dev.stillpoint.repository.maintenance.UsageFile;
import dev.stillpoint.repository.maintenance.Verification;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies and collects a {@link Repository}, and tells who uses how much. Thread-safe; all of it
 * runs beside backups, restores and expiries, but for a new index, which is built alone.
 */
public final class RepositoryMaintenance {

  private static final Logger LOG = LoggerFactory.getLogger(RepositoryMaintenance.class);

  /** Left free when packs are rewritten: for others, and for what is written beside the packs. */
  private static final int SLACK_PACKS = 2;

  private final BlobStore blobs;
  private final ChunkStore chunks;
  private final ManifestStore manifests;
  private final InstantSource clock;
  private final UsageFile usage;
  private final Collector collector;
  private final Verification verification;

  /** A new index is built alone. */
  private final ReadWriteLock index = new ReentrantReadWriteLock();

  RepositoryMaintenance(
      BlobStore blobs,
      ChunkStore chunks,
      ManifestStore manifests,
      Documents documents,
      Collector.LoadedQuarantine quarantine,
      InstantSource clock,
      Host host) {
    this.blobs = blobs;
    this.chunks = chunks;
    this.manifests = manifests;
    this.clock = clock;
    this.usage = new UsageFile(new BlobStateFile(blobs, documents, "usage"));
    Sorters sorters = new Sorters(blobs, host.maintenance().sortBytes());
    this.collector =
        new Collector(
            new CollectContext(
                blobs,
                chunks,
                this::roots,
                sorters,
                clock,
                SLACK_PACKS * host.settings().packBytes()),
            quarantineFile(blobs, documents),
            quarantine,
            usage);
    this.verification = new Verification(chunks.keeper(), sorters, host.maintenance().threads());
  }

  static Collector.LoadedQuarantine loadQuarantine(BlobStore blobs, Documents documents) {
    return Collector.LoadedQuarantine.load(quarantineFile(blobs, documents));
  }

  private static StateFile quarantineFile(BlobStore blobs, Documents documents) {
    return new BlobStateFile(blobs, documents, "quarantine");
  }

  /**
   * Reclaims the space of what no committed point needs. What somebody needs who is at work is
   * kept, and what he could have come to need is reclaimed by the next collection.
   *
   * @throws StillpointException CONFLICT when a collection runs already or the index is being built
   *     again; CORRUPT_DATA, and nothing is deleted, when a manifest or a disk map cannot be read;
   *     CANCELLED; OUT_OF_SPACE
   */
  public CollectReport collect(
      CollectOptions options, Cancellation cancellation, MaintenanceListener listener) {
    return shared(() -> collector.collect(options, cancellation, listener));
  }

  VerifyReport verify(RestorePointId id, Cancellation cancellation) {
    return shared(
        () -> {
          Optional<Manifest> manifest;
          try {
            manifest = manifests.load(id);
          } catch (StillpointException e) {
            if (e.kind() != ErrorKind.CORRUPT_DATA) {
              throw e;
            }
            return new VerifyReport(id, 0, ByteCount.ZERO, List.of(e.getMessage()));
          }
          return verify(manifest.orElseThrow(() -> ManifestStore.noSuchPoint(id)), cancellation);
        });
  }

  @SuppressWarnings("try") // the hold is only to be ended
  private VerifyReport verify(Manifest manifest, Cancellation cancellation) {
    try (ChunkStore.MapHold hold = chunks.keeper().hold(ids(List.of(manifest)))) {
      // Held before the second look: whoever expires the point from now on leaves its maps to us.
      if (!manifests.exists(manifest.id())) {
        throw ManifestStore.noSuchPoint(manifest.id());
      }
      Checked checked =
          verification.check(
              roots(List.of(manifest)),
              Sample.everything(),
              cancellation,
              MaintenanceListener.none());
      DamageLocator.Problems problems = new DamageLocator.Problems(new ArrayList<>());
      if (!checked.ok()) {
        new DamageLocator(chunks, checked.badChunks(), problems).locate(manifest, "Image");
      }
      List<String> sentences = problems.sentences();
      if (!sentences.isEmpty()) {
        LOG.error(
            "Restore point is damaged: point={} repository={} problems={} first={}",
            manifest.id(),
            blobs.location(),
            sentences.size(),
            sentences.get(0));
        keepDamageMarks();
      }
      return new VerifyReport(manifest.id(), checked.chunks(), checked.bytes(), sentences);
    }
  }

  /**
   * Reads everything that any point needs, each chunk once and in the order in which it lies, and
   * checks it, and the index as well. What is damaged is marked, durably: the next write of the
   * same content heals it. What is expired meanwhile is reclaimed after this has ended.
   *
   * @param sample which chunks to read; the maps are read in any case
   * @throws StillpointException CONFLICT while the index is built again, CANCELLED, OUT_OF_SPACE
   *     when there is no room for sorting
   */
  public VerifySummary verifyAll(
      Sample sample, Cancellation cancellation, MaintenanceListener listener) {
    return shared(() -> verifyHeld(sample, cancellation, listener));
  }

  @SuppressWarnings("try") // the hold is only to be ended
  private VerifySummary verifyHeld(
      Sample sample, Cancellation cancellation, MaintenanceListener listener) {
    Instant begun = clock.instant();
    DamageLocator.Problems problems = new DamageLocator.Problems(new ArrayList<>());
    chunks.keeper().checkIndex(cancellation).forEach(problems::add);
    List<Manifest> listed = manifests.loadAll(e -> problems.add(e.getMessage()));
    try (ChunkStore.MapHold hold = chunks.keeper().hold(ids(listed))) {
      List<Manifest> held = stillThere(listed);
      Checked checked = verification.check(roots(held), sample, cancellation, listener);
      if (!checked.ok()) {
        DamageLocator locator = new DamageLocator(chunks, checked.badChunks(), problems);
        held.forEach(
            manifest -> locator.locate(manifest, "Restore point " + manifest.id() + " image"));
        LOG.error(
            "The repository is damaged: repository={} badChunks={}",
            blobs.location(),
            checked.badCount());
        keepDamageMarks();
      }
      return new VerifySummary(
          sample.percent(),
          held.size(),
          checked.chunks(),
          checked.nodes(),
          checked.bytes(),
          Duration.between(begun, clock.instant()),
          problems.sentences());
    }
  }

  /** What was expired before it was held may be collected under us. */
  private List<Manifest> stillThere(List<Manifest> held) {
    return held.stream().filter(manifest -> manifests.exists(manifest.id())).toList();
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
   * Who uses how much. Cheap: the figures are those of the last collection, and what was stored
   * since is added.
   */
  public UsageFigures usageByOwner() {
    UsageFigures known = usageAtCollection();
    Map<String, OwnerUsage> owners = new HashMap<>(known.owners());
    Instant asOf = known.asOf().orElse(Instant.MIN);
    for (Manifest manifest : manifests.loadAll(e -> LOG.warn("{}", e.getMessage()))) {
      String owner = owner(manifest);
      if (manifest.created().isAfter(asOf) && !owner.isEmpty()) {
        ByteCount stored =
            ByteCount.ofBytes(
                manifest.images().stream().mapToLong(image -> image.storedBytes().bytes()).sum());
        owners.put(owner, owners.getOrDefault(owner, OwnerUsage.none()).withMoreUnique(stored));
      }
    }
    return new UsageFigures(
        known.asOf(), ByteCount.ofBytes(chunks.packBytes()), known.reclaimable(), owners);
  }

  /**
   * As the last collection found it out, without what was stored since: for lists, since no restore
   * point is looked at.
   */
  public UsageFigures usageAtCollection() {
    return loadUsage()
        .orElseGet(
            () -> new UsageFigures(Optional.empty(), ByteCount.ZERO, ByteCount.ZERO, Map.of()));
  }

  private Optional<UsageFigures> loadUsage() {
    try {
      return usage.load();
    } catch (StillpointException e) {
      if (e.kind() != ErrorKind.CORRUPT_DATA) {
        throw e;
      }
      LOG.warn("The next collection finds the figures out again: {}", e.getMessage());
      return Optional.empty();
    }
  }

  /** Garbage that the last collection left; empty when there was none. */
  Optional<ByteCount> reclaimable() {
    return loadUsage().map(UsageFigures::reclaimable);
  }

  /**
   * Throws the index away and builds it again from the packs, reading all of them.
   *
   * @return what was found damaged or missing, a sentence each
   * @throws StillpointException CONFLICT when anything is written, read, verified or collected;
   *     OUT_OF_SPACE or STORAGE_UNAVAILABLE, then the repository must be opened again, which goes
   *     on with it
   */
  public List<String> rebuildIndex(MaintenanceListener listener) {
    if (!index.writeLock().tryLock()) {
      throw new StillpointException(
          ErrorKind.CONFLICT,
          "The repository " + blobs.location() + " is being verified or collected",
          "Wait until that has ended.");
    }
    try {
      AtomicLong scanned = new AtomicLong();
      long total = chunks.packBytes();
      return chunks.rebuildIndex(
          collector.packs(),
          bytes ->
              listener.progress(MaintenanceListener.Step.INDEX, scanned.addAndGet(bytes), total));
    } finally {
      index.writeLock().unlock();
    }
  }

  private <T> T shared(Supplier<T> work) {
    if (!index.readLock().tryLock()) {
      throw new StillpointException(
          ErrorKind.CONFLICT,
          "The index of the repository " + blobs.location() + " is being built again",
          "Wait until that has ended.");
    }
    try {
      return work.get();
    } finally {
      index.readLock().unlock();
    }
  }

  private List<Root> roots(Consumer<StillpointException> unreadable) {
    return roots(manifests.loadAll(unreadable));
  }

  private static List<Root> roots(List<Manifest> points) {
    Set<Root> roots = new HashSet<>();
    for (Manifest manifest : points) {
      for (ManifestImage image : manifest.images()) {
        ChunkId id = ChunkId.parse(image.rootHash());
        if (!id.isHole()) {
          roots.add(new Root(id, owner(manifest)));
        }
      }
    }
    return List.copyOf(roots);
  }

  private static List<ChunkId> ids(List<Manifest> points) {
    return roots(points).stream().map(Root::id).toList();
  }

  private static String owner(Manifest manifest) {
    return manifest.labels().getOrDefault(Manifest.OWNER_LABEL, "");
  }
}
