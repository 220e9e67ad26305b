package dev.stillpoint.backup;

import dev.stillpoint.catalog.Catalog;
import dev.stillpoint.catalog.PointFilter;
import dev.stillpoint.catalog.RestorePointCodec;
import dev.stillpoint.group.Candidate;
import dev.stillpoint.group.GroupRules;
import dev.stillpoint.hypervisor.SiteSession;
import dev.stillpoint.job.BackupRequest;
import dev.stillpoint.job.JournalStore;
import dev.stillpoint.job.Run;
import dev.stillpoint.job.RunExecutor;
import dev.stillpoint.job.RunJournal;
import dev.stillpoint.job.RunStore;
import dev.stillpoint.job.RunTracker;
import dev.stillpoint.job.Sweeper;
import dev.stillpoint.load.LoadWatch;
import dev.stillpoint.repository.Repository;
import dev.stillpoint.retention.Lifetime;
import dev.stillpoint.site.Sites;
import dev.stillpoint.transfer.ParallelCopy;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Backs up the VMs of a run: snapshots all of a batch together, then reads them in the order of
 * their loads.
 *
 * <p>What happens to one VM does not disturb the others.
 */
public final class BackupRunner implements RunExecutor {

  /** So many points tell how well content compresses here. */
  private static final int RECENT_POINTS = 50;

  private final Sites sites;
  private final Sweeper sweeper;
  private final JournalStore journal;
  private final Stores stores;
  private final Environment environment;
  private final Limits limits;
  private final OrderInputs inputs;
  private final ReadingFloor floor = new ReadingFloor();

  /** Where restore points are kept and listed, and for how long. */
  public record Stores(
      Repository repository, Catalog catalog, RestorePointCodec codec, LifetimeRule lifetimes) {}

  /**
   * Time, names, threads that copy and chance, all given.
   *
   * @param random thread-safe
   */
  public record Environment(
      InstantSource clock, Supplier<UUID> ids, ParallelCopy copy, RandomGenerator random) {}

  /**
   * How far a run may go.
   *
   * @param group by what the order is decided where a run does not say it
   * @param snapshotRoomPercent how much of a VM's disks their storage must have left before a
   *     snapshot; 0: not looked at
   * @param sampling how much of what is said to be unchanged is looked at all the same
   */
  public record Limits(GroupRules group, int snapshotRoomPercent, Sampling sampling) {}

  /** What the order is decided by: loads now, and what earlier runs tell. */
  public record OrderInputs(LoadWatch loads, RunStore runs) {}

  public BackupRunner(
      Sites sites,
      Sweeper sweeper,
      JournalStore journal,
      Stores stores,
      Environment environment,
      Limits limits,
      OrderInputs inputs) {
    this.sites = sites;
    this.sweeper = sweeper;
    this.journal = journal;
    this.stores = stores;
    this.environment = environment;
    this.limits = limits;
    this.inputs = inputs;
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
    Lifetime lifetime = stores.lifetimes().of(run);
    LimitGate limitGate = new LimitGate(sites.limits(run.site()));
    GroupRules rules = limits.group().with(request.group());
    DiskBackup diskBackup =
        new DiskBackup(
            environment.copy(),
            new ChangeCheck(stores.repository(), limits.sampling(), environment.random()));
    LoadView loads = new LoadView(inputs.loads(), run.site(), environment.clock());
    Function<SnapshotRoom, Function<Candidate, VmBackup>> work =
        room ->
            vm ->
                new VmBackup(
                    new VmBackup.Assignment(
                        tracker,
                        vm.position(),
                        request,
                        session,
                        new RunJournal(journal, run.id(), run.site(), environment.clock()),
                        loads::glance,
                        lifetime),
                    new VmBackup.Space(prediction, admission, room, limitGate),
                    stores,
                    environment,
                    diskBackup,
                    sweeper);
    new GroupRun(tracker, rules, loads, floor, environment.clock())
        .execute(
            new Candidates(session.inventory(), stores.catalog(), inputs.runs()).of(run, rules),
            // The snapshots of one batch are gone before the next one's need room.
            () ->
                work.apply(
                    new SnapshotRoom(
                        session.inventory(), limits.snapshotRoomPercent(), environment.clock())));
  }
}
