package dev.stillpoint.backup;

import dev.stillpoint.catalog.Catalog;
import dev.stillpoint.catalog.PointFilter;
import dev.stillpoint.catalog.RestorePointCodec;
import dev.stillpoint.hypervisor.SiteSession;
import dev.stillpoint.job.BackupRequest;
import dev.stillpoint.job.JournalStore;
import dev.stillpoint.job.Run;
import dev.stillpoint.job.RunExecutor;
import dev.stillpoint.job.RunJournal;
import dev.stillpoint.job.RunTracker;
import dev.stillpoint.job.Sweeper;
import dev.stillpoint.repository.Repository;
import dev.stillpoint.retention.Lifetime;
import dev.stillpoint.site.Sites;
import dev.stillpoint.transfer.ParallelCopy;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Backs up the VMs of a run: snapshots all of them side by side, then reads them.
 *
 * <p>What happens to one VM does not disturb the others.
 */
public final class BackupRunner implements RunExecutor {

  /** A manager is asked for at most so many snapshots at one time. */
  private static final int PARALLEL_SNAPSHOTS = 8;

  /** So many points tell how well content compresses here. */
  private static final int RECENT_POINTS = 50;

  private final Sites sites;
  private final Sweeper sweeper;
  private final JournalStore journal;
  private final Stores stores;
  private final Environment environment;
  private final Limits limits;

  /** Where restore points are kept and listed, and for how long. */
  public record Stores(
      Repository repository, Catalog catalog, RestorePointCodec codec, LifetimeRule lifetimes) {}

  /** Time, names and threads that copy, all given. */
  public record Environment(InstantSource clock, Supplier<UUID> ids, ParallelCopy copy) {}

  /**
   * How far a run may go.
   *
   * @param readers how many VMs are read at one time, one or more
   * @param snapshotRoomPercent how much of a VM's disks their storage must have left before a
   *     snapshot; 0: not looked at
   */
  public record Limits(int readers, int snapshotRoomPercent) {}

  public BackupRunner(
      Sites sites,
      Sweeper sweeper,
      JournalStore journal,
      Stores stores,
      Environment environment,
      Limits limits) {
    this.sites = sites;
    this.sweeper = sweeper;
    this.journal = journal;
    this.stores = stores;
    this.environment = environment;
    this.limits = limits;
  }

  @Override
  public void execute(RunTracker tracker) {
    Run run = tracker.run();
    SiteSession session = sites.session(run.site());
    BackupRequest request = (BackupRequest) run.request();
    SpacePrediction prediction =
        SpacePrediction.learntFrom(
            stores
                .catalog()
                .list(new PointFilter(Optional.empty(), Optional.empty(), RECENT_POINTS)));
    SpaceAdmission admission = new SpaceAdmission(stores.repository().space());
    SnapshotRoom room =
        new SnapshotRoom(session.inventory(), limits.snapshotRoomPercent(), environment.clock());
    Lifetime lifetime = stores.lifetimes().of(run);
    List<VmBackup> backups = new ArrayList<>();
    for (int index = 0; index < run.vms().size(); index++) {
      RunJournal vmJournal = new RunJournal(journal, run.id(), run.site(), environment.clock());
      backups.add(
          new VmBackup(
              new VmBackup.Assignment(tracker, index, request, session, vmJournal, lifetime),
              new VmBackup.Space(prediction, admission, room),
              stores,
              environment,
              new DiskBackup(environment.copy()),
              sweeper));
    }
    inParallel(PARALLEL_SNAPSHOTS, backups.stream().map(b -> (Runnable) b::takeSnapshot).toList());
    inParallel(limits.readers(), backups.stream().map(b -> (Runnable) b::read).toList());
  }

  /** Neither step throws: what goes wrong is noted with its VM. */
  private static void inParallel(int threads, List<Runnable> steps) {
    ExecutorService pool =
        Executors.newFixedThreadPool(
            Math.min(threads, steps.size()), step -> new Thread(step, "backup"));
    try {
      steps.forEach(pool::execute);
    } finally {
      awaitEnd(pool);
    }
  }

  private static void awaitEnd(ExecutorService pool) {
    pool.shutdown();
    boolean interrupted = false;
    try {
      while (!pool.isTerminated()) {
        try {
          if (pool.awaitTermination(1, TimeUnit.HOURS)) {
            return;
          }
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
