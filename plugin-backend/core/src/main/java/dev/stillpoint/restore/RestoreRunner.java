package dev.stillpoint.restore;

import dev.stillpoint.catalog.Catalog;
import dev.stillpoint.catalog.RestorePoint;
import dev.stillpoint.hypervisor.DiskSettings;
import dev.stillpoint.hypervisor.DiskWriter;
import dev.stillpoint.hypervisor.Outcome;
import dev.stillpoint.hypervisor.OutsideEffect;
import dev.stillpoint.hypervisor.RestoreTarget;
import dev.stillpoint.hypervisor.RestoreTarget.DiskSwap;
import dev.stillpoint.hypervisor.SiteSession;
import dev.stillpoint.job.DiskTask;
import dev.stillpoint.job.GroupRestoreRequest;
import dev.stillpoint.job.JournalStore;
import dev.stillpoint.job.Problem;
import dev.stillpoint.job.RestoreRequest;
import dev.stillpoint.job.Restores;
import dev.stillpoint.job.Run;
import dev.stillpoint.job.RunExecutor;
import dev.stillpoint.job.RunJournal;
import dev.stillpoint.job.RunTracker;
import dev.stillpoint.job.Sweeper;
import dev.stillpoint.job.TaskState;
import dev.stillpoint.job.VmTask;
import dev.stillpoint.job.VmTracker;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.DiskId;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.Place;
import dev.stillpoint.model.RestorePointId;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.VmId;
import dev.stillpoint.repository.ImageReader;
import dev.stillpoint.repository.ImageRef;
import dev.stillpoint.repository.ManifestImage;
import dev.stillpoint.repository.Repository;
import dev.stillpoint.restore.RestorePlan.PlannedDisk;
import dev.stillpoint.site.Sites;
import dev.stillpoint.transfer.ParallelCopy;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Plans restores and carries them out.
 *
 * <p>Every disk is new, and read back, before anything of the VM is touched. Until the moment of
 * commit a failure, or a crash, ends with everything as it was; after it only the replaced disks
 * are left to be deleted.
 */
public final class RestoreRunner implements RunExecutor {

  /** Another disk would not help: the first was written twice, or nobody wants it any more. */
  private static final Set<ErrorKind> NOT_BEGUN_ANEW =
      Set.of(ErrorKind.CORRUPT_DATA, ErrorKind.CANCELLED);

  private final Sites sites;
  private final Sweeper sweeper;
  private final JournalStore journal;
  private final Repository repository;
  private final Catalog catalog;
  private final ParallelCopy copy;
  private final InstantSource clock;

  public RestoreRunner(
      Sites sites,
      Sweeper sweeper,
      JournalStore journal,
      Repository repository,
      Catalog catalog,
      ParallelCopy copy,
      InstantSource clock) {
    this.sites = sites;
    this.sweeper = sweeper;
    this.journal = journal;
    this.repository = repository;
    this.catalog = catalog;
    this.copy = copy;
    this.clock = clock;
  }

  /**
   * What a restore would do, touching nothing.
   *
   * @throws StillpointException NOT_FOUND for an unknown restore point
   */
  public RestorePlan plan(RestoreRequest request) {
    RestorePoint point = point(request.point());
    SiteSession session = sites.session(point.site());
    return RestorePlanner.plan(
        point,
        request,
        dataOf(point.id()),
        SiteState.read(session.inventory(), point.settings().id(), request));
  }

  /**
   * What the restore of several VMs of one site would do, touching nothing.
   *
   * @throws StillpointException NOT_FOUND for an unknown restore point
   */
  public GroupRestorePlan plan(GroupRestoreRequest request) {
    SiteId site = point(request.parts().get(0).point()).site();
    return GroupRestorePlan.of(
        request.parts().stream().map(this::plan).toList(),
        sites.session(site).inventory().storages());
  }

  /** One VM after the other; one that fails does not keep the others from being restored. */
  @Override
  public void execute(RunTracker tracker) {
    Restores restores = (Restores) tracker.run().request();
    for (int i = 0; i < restores.parts().size(); i++) {
      Optional<String> obstacle = obstacle(tracker, restores, i);
      if (obstacle.isPresent()) {
        Problem why = new Problem(ErrorKind.CANCELLED, obstacle.get(), "Restore it by itself.");
        tracker.vm(i, task -> task.withProblem(TaskState.CANCELLED, why));
      } else {
        restore(new VmTracker(tracker, i), restores.parts().get(i));
      }
    }
  }

  private static Optional<String> obstacle(RunTracker tracker, Restores restores, int index) {
    List<VmTask> before = tracker.run().vms().subList(0, index);
    if (index > 0 && tracker.cancellation().isRequested()) {
      return Optional.of("Not begun: the restore was cancelled");
    }
    return restores.stopsAtFailure()
        ? before.stream()
            .filter(task -> task.state() == TaskState.FAILED)
            .findFirst()
            .map(task -> "Not begun: VM " + task.vmName() + " before it could not be restored")
        : Optional.empty();
  }

  private void restore(VmTracker tracker, RestoreRequest request) {
    Run run = tracker.run().run();
    RunJournal runJournal = new RunJournal(journal, run.id(), run.site(), clock);
    try {
      carryOut(tracker, request, runJournal);
    } catch (StillpointException e) {
      TaskState state = e.kind() == ErrorKind.CANCELLED ? TaskState.CANCELLED : TaskState.FAILED;
      tracker.vm(task -> task.withProblem(state, Problem.of(e)));
    } finally {
      for (Problem problem : sweeper.sweep(runJournal.entries())) {
        tracker.vm(task -> task.withWarning(problem.stillThere()));
      }
    }
    if (tracker.task().state() == TaskState.RELEASING) {
      tracker.vm(VmTask::done);
    }
  }

  private void carryOut(VmTracker tracker, RestoreRequest request, RunJournal runJournal) {
    RestorePlan plan = plan(request);
    plan.throwIfRefused();
    SiteId site = point(request.point()).site();
    RestoreTarget target = sites.session(site).restoreTarget();
    for (PlannedDisk disk : plan.disks()) {
      DiskTask task =
          DiskTask.planned(
              disk.image(),
              disk.target().name(),
              DiskTask.Mode.RESTORE,
              "",
              disk.target().size(),
              new ByteCount(Math.multiplyExact(2, disk.data().bytes())));
      tracker.vm(vm -> vm.withDisk(task));
    }
    Map<PlannedDisk, DiskId> restored = new LinkedHashMap<>();
    for (PlannedDisk disk : plan.disks()) {
      tracker.cancellation().throwIfRequested();
      restored.put(disk, restoreDisk(tracker, plan, disk, target, runJournal));
    }
    tracker.state(TaskState.COMMITTING);
    if (plan.mode() == RestoreRequest.Mode.IN_PLACE) {
      putInPlace(tracker, request, plan, target, runJournal, restored);
    } else {
      makeVm(tracker, request, plan, target, runJournal, restored);
    }
    plan.notes().forEach(note -> tracker.vm(task -> task.withNote(note)));
    tracker.state(TaskState.RELEASING);
  }

  private DiskId restoreDisk(
      VmTracker tracker,
      RestorePlan plan,
      PlannedDisk disk,
      RestoreTarget target,
      RunJournal runJournal) {
    ImageRef image = new ImageRef(plan.point(), disk.image().value());
    try (ImageReader reader = repository.openImage(image)) {
      Optional<DiskId> filled = fill(reader, tracker, disk, target, runJournal, true);
      return filled.or(() -> fill(reader, tracker, disk, target, runJournal, false)).orElseThrow();
    }
  }

  /**
   * Fills a new disk.
   *
   * @param again whether there may be a next attempt
   * @return empty when its host went away and took the transfer along: the disk is lost with it
   */
  private Optional<DiskId> fill(
      ImageReader image,
      VmTracker tracker,
      PlannedDisk disk,
      RestoreTarget target,
      RunJournal runJournal,
      boolean again) {
    try (DiskWriter writer = target.createDisk(disk.target(), runJournal)) {
      tracker.disk(disk.image(), task -> task.withRestoredTo(writer.disk()));
      try {
        new DiskRestore(copy, tracker, disk.image()).run(image, writer);
        return Optional.of(writer.disk());
      } catch (StillpointException e) {
        boolean lost = writer.wasInterrupted() && !NOT_BEGUN_ANEW.contains(e.kind());
        if (!again || !lost) {
          throw e;
        }
        String note = "Disk " + disk.target().name() + " is begun anew: " + e.getMessage();
        tracker.vm(task -> task.withNote(note));
        return Optional.empty();
      }
    }
  }

  private void putInPlace(
      VmTracker tracker,
      RestoreRequest request,
      RestorePlan plan,
      RestoreTarget target,
      RunJournal runJournal,
      Map<PlannedDisk, DiskId> restored) {
    VmId vm = plan.target().id();
    List<DiskSwap> swaps = new ArrayList<>();
    restored.forEach(
        (disk, id) -> disk.replaces().ifPresent(old -> swaps.add(new DiskSwap(old, id))));
    target.swapDisks(vm, swaps, runJournal);
    // The commit: from here on the new disks are the VM's, and the old ones are what is left over.
    List<OutsideEffect> replaced =
        request.keepOldDisks()
            ? List.of()
            : swaps.stream().map(swap -> OutsideEffect.replacedDisk(vm, swap.old().id())).toList();
    runJournal.exchange(runJournal.open(), replaced);
    tracker.vm(task -> task.withVm(vm));
    restored.forEach(
        (disk, id) -> {
          if (disk.replaces().isEmpty()) {
            DiskSettings added = disk.target().withId(id);
            afterCommit(
                tracker,
                "Disk " + added.name() + " was restored but not attached",
                "Attach disk " + id + " to the VM in the manager.",
                () -> target.attachDisk(vm, added));
          }
        });
    if (!request.disksOnly()) {
      afterCommit(
          tracker,
          "The data is back, but not all settings of the VM",
          "Set them by hand in the manager.",
          () -> applySettings(tracker, target, vm, plan));
      applyAttributes(tracker, request, target, vm, plan);
    }
    afterCommit(
        tracker,
        "The VM is restored, but its checkpoint from before is still there",
        "Delete it in the manager; the next backup reads everything all the same.",
        () -> dropCheckpoint(request, vm));
  }

  /** What changed since is told of disks that are no more, or are not what they were. */
  private void dropCheckpoint(RestoreRequest request, VmId vm) {
    SiteId site = point(request.point()).site();
    catalog
        .newest(site, vm)
        .flatMap(RestorePoint::checkpoint)
        .ifPresent(
            checkpoint -> sites.session(site).release(OutsideEffect.checkpoint(vm, checkpoint)));
  }

  private static void applySettings(
      VmTracker tracker, RestoreTarget target, VmId vm, RestorePlan plan) {
    for (String difference : target.applySettings(vm, plan.target())) {
      Problem warning =
          new Problem(ErrorKind.HYPERVISOR_REFUSED, difference, "Set it by hand in the manager.");
      tracker.vm(task -> task.withWarning(warning));
    }
  }

  /** Each thing by itself: what is gone on the manager takes nothing else with it. */
  private static void applyAttributes(
      VmTracker tracker, RestoreRequest request, RestoreTarget target, VmId vm, RestorePlan plan) {
    if (plan.target().attributes().isEmpty()) {
      return;
    }
    afterCommit(
        tracker,
        "The VM is back, but not all of its tags, affinity and permissions",
        "Set them by hand in the manager.",
        () -> {
          for (Outcome outcome :
              target.applyAttributes(
                  vm, plan.target().attributes().get(), request.chosen().permissions())) {
            if (outcome.isRestored()) {
              tracker.vm(task -> task.withNote("Restored: " + outcome.what()));
            } else {
              Problem warning =
                  new Problem(
                      ErrorKind.HYPERVISOR_REFUSED,
                      "Not restored: " + outcome.what() + ": " + outcome.why(),
                      "Set it by hand in the manager.");
              tracker.vm(task -> task.withWarning(warning));
            }
          }
        });
  }

  /** The data is back, and stays: what fails now must be looked at, but the restore is done. */
  private static void afterCommit(VmTracker tracker, String undone, String remedy, Runnable step) {
    try {
      step.run();
    } catch (StillpointException e) {
      Problem warning = new Problem(e.kind(), undone + ": " + e.getMessage(), remedy);
      tracker.vm(task -> task.withWarning(warning));
    }
  }

  private static void give(VmTracker tracker, RestoreTarget target, VmId vm, String owner) {
    String role = target.giveTo(vm, owner);
    tracker.vm(task -> task.withNote("Whoever asked for it has the role " + role + " on it"));
  }

  private static void makeVm(
      VmTracker tracker,
      RestoreRequest request,
      RestorePlan plan,
      RestoreTarget target,
      RunJournal runJournal,
      Map<PlannedDisk, DiskId> restored) {
    // Of this VM alone: what bears a mark is taken away when a restore fails.
    String mark = "stillpoint-restore-" + tracker.run().run().id() + "-" + tracker.index();
    VmId vm = target.createVm(plan.target(), mark, runJournal);
    restored.forEach((disk, id) -> target.attachDisk(vm, disk.target().withId(id)));
    // The commit. Our mark goes after it: a VM without the mark is never taken away again.
    runJournal.exchange(runJournal.open(), List.of());
    tracker.vm(task -> task.withVm(vm));
    afterCommit(
        tracker,
        "The VM is whole, but its comment still says that it is being restored",
        "Change the comment in the manager.",
        () -> target.completeVm(vm, plan.target()));
    request
        .chosen()
        .owner()
        .ifPresent(
            owner ->
                afterCommit(
                    tracker,
                    "The VM is whole, but whoever asked for it has no role on it",
                    "Give him one in the manager.",
                    () -> give(tracker, target, vm, owner)));
    applyAttributes(tracker, request, target, vm, plan);
  }

  private RestorePoint point(RestorePointId id) {
    return catalog
        .find(id)
        .orElseThrow(
            () ->
                new StillpointException(
                    ErrorKind.NOT_FOUND,
                    "There is no restore point " + id,
                    "Look for it in the list of restore points.",
                    Place.POINTS));
  }

  private Map<DiskId, ByteCount> dataOf(RestorePointId id) {
    return repository.manifest(id).stream()
        .flatMap(manifest -> manifest.images().stream())
        .collect(Collectors.toMap(image -> new DiskId(image.name()), ManifestImage::dataBytes));
  }
}
