package dev.stillpoint.backup;

import dev.stillpoint.backup.BackupRunner.Environment;
import dev.stillpoint.backup.BackupRunner.Stores;
import dev.stillpoint.catalog.PointFilter;
import dev.stillpoint.catalog.RestorePoint;
import dev.stillpoint.group.GroupTime;
import dev.stillpoint.hypervisor.DiskSettings;
import dev.stillpoint.hypervisor.OutsideEffect;
import dev.stillpoint.hypervisor.SiteSession;
import dev.stillpoint.hypervisor.SnapshotDisk;
import dev.stillpoint.hypervisor.SnapshotRequest;
import dev.stillpoint.hypervisor.VmSettings;
import dev.stillpoint.hypervisor.VmSnapshot;
import dev.stillpoint.job.BackupRequest;
import dev.stillpoint.job.Problem;
import dev.stillpoint.job.RunJournal;
import dev.stillpoint.job.RunTracker;
import dev.stillpoint.job.Sweeper;
import dev.stillpoint.job.TaskState;
import dev.stillpoint.job.VmTask;
import dev.stillpoint.model.CheckpointId;
import dev.stillpoint.model.DiskId;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.RestorePointId;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.VmId;
import dev.stillpoint.repository.PointWriter;
import dev.stillpoint.retention.Lifetime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One VM of a backup run, from its snapshot to its restore point.
 *
 * <p>{@link #prepare}, {@link #takeSnapshot} and {@link #read} are called once each, in this order,
 * from any thread. None throws: a failure becomes the state of the VM's task, and whatever the VM
 * has on the manager is released.
 */
final class VmBackup {

  private static final Logger LOG = LoggerFactory.getLogger(VmBackup.class);

  /** So many earlier points tell how much a VM changes. */
  private static final int EARLIER_POINTS = 5;

  private final Assignment assignment;
  private final Space space;
  private final Stores stores;
  private final Environment environment;
  private final DiskBackup diskBackup;
  private final Sweeper sweeper;
  private final RestorePointId pointId;
  private Optional<Prepared> prepared = Optional.empty();
  private Optional<Taken> taken = Optional.empty();

  /**
   * Which VM of which run, and what it needs of that run.
   *
   * @param betweenPieces done again and again while data moves
   */
  record Assignment(
      RunTracker tracker,
      int index,
      BackupRequest request,
      SiteSession session,
      RunJournal journal,
      Runnable betweenPieces,
      Lifetime lifetime) {}

  /** What is known of the space in the repository and on the VMs' storages. */
  record Space(
      SpacePrediction prediction, SpaceAdmission admission, SnapshotRoom room, LimitGate limits) {}

  /** A VM of which all is known that its snapshot needs. */
  private record Prepared(
      VmSettings settings,
      Baseline baseline,
      SnapshotRequest request,
      List<RestorePoint.LeftOut> leftOut) {}

  /** A VM at one time, and what it is compared with. */
  private record Taken(
      VmSettings settings,
      VmSnapshot snapshot,
      Baseline baseline,
      List<RestorePoint.LeftOut> leftOut) {}

  VmBackup(
      Assignment assignment,
      Space space,
      Stores stores,
      Environment environment,
      DiskBackup diskBackup,
      Sweeper sweeper) {
    this.assignment = assignment;
    this.space = space;
    this.stores = stores;
    this.environment = environment;
    this.diskBackup = diskBackup;
    this.sweeper = sweeper;
    this.pointId = new RestorePointId(environment.ids().get().toString());
  }

  /** All that can be asked before, so that the snapshots of a group follow each other closely. */
  void prepare() {
    contained(
        () -> {
          tracker().cancellation().throwIfRequested();
          Optional<VmSettings> settings = assignment.session().inventory().settings(vm());
          if (settings.isEmpty()) {
            note(task -> task.withState(TaskState.SKIPPED).withNote("The VM no longer exists"));
            return;
          }
          prepared = Optional.of(prepared(settings.get()));
        });
  }

  void takeSnapshot() {
    if (prepared.isEmpty()) {
      return;
    }
    boolean done =
        contained(
            () -> {
              tracker().cancellation().throwIfRequested();
              note(task -> task.withState(TaskState.SNAPSHOTTING));
              taken = Optional.of(snapshot(prepared.get()));
            });
    if (!done) {
      sweepLeftovers();
    }
  }

  /** By the manager's clock; empty while there is no snapshot. */
  Optional<Instant> snapshotTime() {
    return taken.map(vm -> vm.snapshot().time());
  }

  /**
   * @param group the time that the VM shares with others
   */
  void read(GroupTime group) {
    if (taken.isEmpty()) {
      return;
    }
    boolean done =
        contained(
            () -> {
              try (VmSnapshot snapshot = taken.get().snapshot()) {
                note(task -> task.withState(TaskState.READING));
                RestorePoint point = commit(taken.get(), group);
                note(task -> task.withState(TaskState.RELEASING).withPoint(pointId));
                supersede(point, taken.get().baseline());
                remove(snapshot);
              }
            });
    sweepLeftovers();
    if (done) {
      note(VmTask::done);
    }
  }

  /** The restore point stands whatever becomes of the snapshot; the journal still lists it then. */
  private void remove(VmSnapshot snapshot) {
    try {
      snapshot.remove();
    } catch (StillpointException e) {
      note(task -> task.withWarning(Problem.of(e)));
    }
  }

  private Prepared prepared(VmSettings settings) {
    List<DiskId> disks = new ArrayList<>();
    List<RestorePoint.LeftOut> leftOut = new ArrayList<>();
    for (DiskSettings disk : settings.disks()) {
      if (assignment.request().excludedDisks().contains(disk.id())) {
        leftOut.add(new RestorePoint.LeftOut(disk.id(), disk.name(), "excluded from the backup"));
      } else if (disk.backupRefusal().isEmpty()) {
        disks.add(disk.id());
      } else {
        leftOut.add(leftOut(disk, disk.backupRefusal()));
      }
    }
    if (disks.isEmpty()) {
      throw new StillpointException(
          ErrorKind.CONFLICT,
          "VM " + settings.name() + " has no disk that can be backed up",
          "Attach a disk, or take the VM out of the backup.");
    }
    List<DiskSettings> included =
        disks.stream().flatMap(disk -> settings.disk(disk).stream()).toList();
    space.limits().admit(settings, included);
    requireSpace(included);
    space.room().admit(vmName(), included);
    Baseline baseline =
        Baseline.choose(
            stores.catalog().newest(tracker().run().site(), vm()),
            assignment.session().snapshots().checkpoints(vm()));
    SnapshotRequest request =
        new SnapshotRequest(
            environment.ids().get(),
            vm(),
            disks,
            baseline.checkpoint(),
            assignment.request().freezing(),
            "Stillpoint run " + tracker().run().id());
    return new Prepared(settings, baseline, request, leftOut);
  }

  private Taken snapshot(Prepared ready) {
    VmSnapshot snapshot =
        assignment.session().snapshots().take(ready.request(), assignment.journal());
    note(task -> task.withSnapshot(snapshot.reference(), snapshot.time()));
    snapshot.notes().forEach(note -> note(task -> task.withNote(note)));
    VmSettings settings = ready.settings();
    List<RestorePoint.LeftOut> leftOut = new ArrayList<>(ready.leftOut());
    for (DiskId disk : ready.request().disks()) {
      if (snapshot.disks().stream().noneMatch(d -> d.id().equals(disk))) {
        settings.disk(disk).ifPresent(d -> leftOut.add(leftOut(d, "the manager did not offer it")));
      }
    }
    return new Taken(
        SettingsAtSnapshot.of(
            assignment.session().inventory(),
            settings,
            snapshot,
            note -> note(task -> task.withNote(note))),
        snapshot,
        ready.baseline(),
        leftOut);
  }

  /** Asked before the manager is, so that a backup that cannot end never begins. */
  private void requireSpace(List<DiskSettings> disks) {
    List<RestorePoint> earlier =
        stores
            .catalog()
            .list(
                new PointFilter(
                    Optional.of(tracker().run().site()),
                    Optional.of(vm().value()),
                    EARLIER_POINTS));
    space.admission().admit(vmName(), space.prediction().of(disks, earlier));
  }

  private RestorePoint.LeftOut leftOut(DiskSettings disk, String why) {
    Problem warning =
        new Problem(
            ErrorKind.CONFLICT,
            "Disk " + disk.name() + " left out: " + why,
            "Protect it by other means, or exclude it from the backup.");
    note(task -> task.withWarning(warning));
    return new RestorePoint.LeftOut(disk.id(), disk.name(), why);
  }

  private RestorePoint commit(Taken vm, GroupTime group) {
    try (PointWriter writer = stores.repository().startPoint(pointId)) {
      List<RestorePoint.Disk> disks = new ArrayList<>();
      for (SnapshotDisk disk : vm.snapshot().disks()) {
        tracker().cancellation().throwIfRequested();
        DiskSettings settings =
            vm.settings()
                .disk(disk.id())
                .orElseThrow(
                    () ->
                        new StillpointException(
                            ErrorKind.HYPERVISOR_REFUSED,
                            "The snapshot of " + vmName() + " has an unknown disk " + disk.id(),
                            "Was a disk attached just now? Run the backup again."));
        disks.add(
            diskBackup.run(
                new DiskBackup.Source(
                    vm.snapshot(),
                    disk,
                    settings,
                    base(vm.baseline(), disk, settings),
                    () -> {
                      assignment.betweenPieces().run();
                      space.room().check(vmName(), settings.storage().id());
                    }),
                writer,
                tracker(),
                assignment.index()));
      }
      note(task -> task.withState(TaskState.COMMITTING));
      RestorePoint point =
          new RestorePoint(
              pointId,
              tracker().run().site(),
              tracker().run().id(),
              assignment.request().policy(),
              vm.snapshot().time(),
              environment.clock().instant(),
              vm.snapshot().checkpoint(),
              vm.snapshot().consistency(),
              disks,
              vm.leftOut(),
              vm.settings(),
              Optional.of(group).filter(shared -> shared.vms() > 1),
              Optional.of(assignment.lifetime()));
      // What a person can read in the repository without our code; the document has it all.
      writer.commit(
          Map.of(
              "site", tracker().run().site().value(),
              "vm", vm().value(),
              "vmName", vmName(),
              "time", vm.snapshot().time().toString()),
          stores.codec().write(point));
      list(point);
      LOG.info("run={} vm={} point={} committed", tracker().run().id(), vm(), pointId);
      return point;
    }
  }

  /** The point stands without the catalog, which is rebuilt from the manifests at each start. */
  private void list(RestorePoint point) {
    try {
      stores.catalog().add(point);
    } catch (StillpointException e) {
      Problem warning =
          new Problem(
              e.kind(),
              "Restore point " + point.id() + " could not be listed: " + e.getMessage(),
              "It is safe in the repository and is listed after the server's next start.");
      note(task -> task.withWarning(warning));
    }
  }

  /**
   * Nothing is built on an image that is known to be damaged: the disk is read anew, which heals.
   */
  private Baseline.Base base(Baseline baseline, SnapshotDisk disk, DiskSettings settings) {
    Baseline.Base base = baseline.base(disk, settings);
    return base.image().filter(stores.repository()::hasKnownDamage).isPresent()
        ? Baseline.Base.none("the last backup of this disk is damaged in the repository")
        : base;
  }

  /** The new point's checkpoint is kept from now on, the one before it goes. */
  private void supersede(RestorePoint point, Baseline baseline) {
    List<OutsideEffect> kept =
        assignment.journal().open(OutsideEffect.Kind.CHECKPOINT).stream()
            .filter(
                e -> point.checkpoint().map(CheckpointId::value).equals(Optional.of(e.reference())))
            .toList();
    List<OutsideEffect> superseded =
        baseline.superseded().filter(old -> !point.checkpoint().equals(Optional.of(old))).stream()
            .map(old -> OutsideEffect.checkpoint(vm(), old))
            .toList();
    assignment.journal().exchange(kept, superseded);
  }

  /** Runs a step; a failure becomes the state of the task. */
  private boolean contained(Runnable step) {
    try {
      step.run();
      return true;
    } catch (StillpointException e) {
      fail(e.kind() == ErrorKind.CANCELLED ? TaskState.CANCELLED : TaskState.FAILED, e);
    } catch (RuntimeException | Error e) {
      LOG.error("run={} vm={} failed unexpectedly", tracker().run().id(), vm(), e);
      fail(TaskState.FAILED, e);
    }
    return false;
  }

  private void fail(TaskState state, Throwable e) {
    LOG.warn("run={} vm={} {}: {}", tracker().run().id(), vm(), state, e.getMessage());
    note(task -> task.withProblem(state, Problem.of(e)));
  }

  private void sweepLeftovers() {
    for (Problem problem : sweeper.sweep(assignment.journal().entries())) {
      note(task -> task.withWarning(problem.stillThere()));
    }
  }

  private void note(UnaryOperator<VmTask> change) {
    tracker().vm(assignment.index(), change);
  }

  private RunTracker tracker() {
    return assignment.tracker();
  }

  private VmId vm() {
    return assignment.request().vms().get(assignment.index()).id();
  }

  private String vmName() {
    return assignment.request().vms().get(assignment.index()).name();
  }
}
