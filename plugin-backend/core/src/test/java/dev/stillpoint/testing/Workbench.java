package dev.stillpoint.testing;

import dev.stillpoint.backup.BackupRunner;
import dev.stillpoint.backup.Sampling;
import dev.stillpoint.catalog.CatalogRebuilder;
import dev.stillpoint.catalog.PointFilter;
import dev.stillpoint.catalog.RestorePoint;
import dev.stillpoint.group.GroupRules;
import dev.stillpoint.hypervisor.DiskSettings;
import dev.stillpoint.hypervisor.Freezing;
import dev.stillpoint.hypervisor.SiteSession;
import dev.stillpoint.hypervisor.testing.FakeSite;
import dev.stillpoint.job.BackupRequest;
import dev.stillpoint.job.QueueSettings;
import dev.stillpoint.job.Run;
import dev.stillpoint.job.RunExecutors;
import dev.stillpoint.job.RunQueue;
import dev.stillpoint.job.RunRequest;
import dev.stillpoint.job.Sweeper;
import dev.stillpoint.load.LoadWatch;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.DiskId;
import dev.stillpoint.model.RunId;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.model.VmId;
import dev.stillpoint.repository.ImageReader;
import dev.stillpoint.repository.ImageRef;
import dev.stillpoint.repository.Repository;
import dev.stillpoint.restore.RestoreRunner;
import dev.stillpoint.retention.Retention;
import dev.stillpoint.retention.RunKind;
import dev.stillpoint.site.Site;
import dev.stillpoint.site.Sites;
import dev.stillpoint.transfer.ParallelCopy;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/**
 * The whole core on a fake site and a real repository.
 *
 * <p>{@link #restart} drops everything that lives in memory, as a kill would, and keeps what is
 * stored.
 */
public final class Workbench implements AutoCloseable {

  public static final SiteId SITE = new SiteId("site-1");

  private static final BackupRunner.Limits LIMITS =
      new BackupRunner.Limits(GroupRules.standard(2), 20, new Sampling(1, mebibytes(1)));

  public final FakeSite site;
  public final InMemoryRunStore runs;
  public final InMemoryJournalStore journal;
  public final InMemoryCatalog catalog;
  private final InMemorySiteStore siteStore;
  private final InMemorySecretStore secrets;
  public final ReferenceCodec codec;
  private final Path directory;
  private final Settings settings;
  public final TestingClock clock = new TestingClock(Instant.parse("2026-11-21T05:00:00Z"));
  private final ExecutorService threads = Executors.newCachedThreadPool();
  public final Repository repository;
  public final Sweeper sweeper;
  public final RestoreRunner restores;
  public final RunQueue queue;
  public final Sites sites;

  /** What is said of points made by hand. */
  public final AtomicReference<Retention> retention = new AtomicReference<>(Retention.forever());

  /**
   * @param directory where the repository lies, or shall be made
   */
  public Workbench(Path directory) {
    this(directory, QueueSettings.USUAL);
  }

  /** With a queue of another kind. */
  public Workbench(Path directory, QueueSettings settings) {
    this(
        directory,
        new Settings(settings, LIMITS),
        new FakeSite(),
        new InMemoryRunStore(),
        new InMemoryJournalStore(),
        new InMemoryCatalog(),
        new ReferenceCodec());
  }

  /** With backups of another kind. */
  public Workbench(Path directory, BackupRunner.Limits limits) {
    this(
        directory,
        new Settings(QueueSettings.USUAL, limits),
        new FakeSite(),
        new InMemoryRunStore(),
        new InMemoryJournalStore(),
        new InMemoryCatalog(),
        new ReferenceCodec());
  }

  private record Settings(QueueSettings queue, BackupRunner.Limits limits) {}

  private Workbench(
      Path directory,
      Settings settings,
      FakeSite site,
      InMemoryRunStore runs,
      InMemoryJournalStore journal,
      InMemoryCatalog catalog,
      ReferenceCodec codec) {
    this.directory = directory;
    this.settings = settings;
    this.site = site;
    this.runs = runs;
    this.journal = journal;
    this.catalog = catalog;
    this.codec = codec;
    this.siteStore = new InMemorySiteStore();
    this.secrets = new InMemorySecretStore();
    siteStore.insert(new Site(SITE, "the site", site.kind(), site.address()));
    secrets.put(SITE, site.password());
    repository =
        Repository.exists(directory)
            ? Repository.open(directory, clock)
            : Repository.create(directory, clock);
    new CatalogRebuilder(repository, catalog, codec).rebuild(id -> {});
    sites = new Sites(siteStore, secrets, List.of(site), site.timeouts());
    sweeper = new Sweeper(sites, journal, catalog);
    ParallelCopy copy = new ParallelCopy(threads);
    BackupRunner backups =
        new BackupRunner(
            sites,
            sweeper,
            journal,
            new BackupRunner.Stores(
                repository,
                catalog,
                codec,
                run -> retention.get().lifetime(RunKind.MANUAL, clock.instant())),
            new BackupRunner.Environment(clock, UUID::randomUUID, copy, new Random(1)),
            settings.limits(),
            new BackupRunner.OrderInputs(new LoadWatch(sites, clock), runs));
    restores = new RestoreRunner(sites, sweeper, journal, repository, catalog, copy, clock);
    queue =
        new RunQueue(
            runs,
            journal,
            sweeper,
            new RunExecutors(backups, restores),
            settings.queue(),
            clock,
            UUID::randomUUID);
  }

  /** The same stores after a kill of the process; the queue is not started. */
  public Workbench restart() {
    queue.close();
    repository.close();
    threads.shutdownNow();
    return new Workbench(directory, settings, site, runs, journal, catalog, codec);
  }

  /** Submits and waits for the end. */
  public Run run(RunRequest request) {
    return await(queue.submit(SITE, request).id());
  }

  public Run await(RunId id) {
    for (int i = 0; i < 12_000; i++) {
      Run run = queue.find(id).orElseThrow();
      if (run.state().isFinal()) {
        return run;
      }
      pause(Duration.ofMillis(5));
    }
    throw new AssertionError("Run did not end: " + queue.find(id));
  }

  /** Waits for what comes soon after an end was seen: its being stored, its repetition. */
  public static void await(BooleanSupplier condition) {
    for (int i = 0; i < 12_000; i++) {
      if (condition.getAsBoolean()) {
        return;
      }
      pause(Duration.ofMillis(5));
    }
    throw new AssertionError("It did not happen");
  }

  /** Waits for what another thread does, or gives up after a minute. */
  public static void await(CountDownLatch latch) {
    try {
      if (!latch.await(1, TimeUnit.MINUTES)) {
        throw new AssertionError("It did not happen");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  public Run backup(VmId... vms) {
    return run(backupOf(vms));
  }

  public BackupRequest backupOf(VmId... vms) {
    List<BackupRequest.NamedVm> named =
        Arrays.stream(vms).map(vm -> new BackupRequest.NamedVm(vm, "vm " + vm)).toList();
    return new BackupRequest(Optional.empty(), named, List.of(), Freezing.NONE);
  }

  public List<RestorePoint> points() {
    return catalog.list(new PointFilter(Optional.of(SITE), Optional.empty(), 1000));
  }

  /** The SHA-256 of each disk of a VM as it is now, in the order of the disks' names. */
  public List<String> sums(VmId vm) {
    try (SiteSession session = site.open()) {
      return session.inventory().settings(vm).orElseThrow().disks().stream()
          .sorted(Comparator.comparing(DiskSettings::name))
          .map(disk -> site.sha256(disk.id()))
          .toList();
    }
  }

  /** A disk of a point, whole. */
  public byte[] content(RestorePoint point, DiskId disk) {
    try (ImageReader image = repository.openImage(new ImageRef(point.id(), disk.value()))) {
      ByteBuffer buffer = ByteBuffer.allocate((int) image.size().bytes());
      image.read(0, buffer);
      return buffer.array();
    }
  }

  public static ByteCount mebibytes(int count) {
    return ByteCount.ofMebibytes(count);
  }

  private static void pause(Duration duration) {
    try {
      Thread.sleep(duration.toMillis());
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    queue.close();
    sites.close();
    threads.shutdownNow();
    repository.close();
  }
}
