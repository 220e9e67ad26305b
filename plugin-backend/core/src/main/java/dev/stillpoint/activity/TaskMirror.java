package dev.stillpoint.activity;

import dev.stillpoint.hypervisor.ActivityLog;
import dev.stillpoint.job.DiskTask;
import dev.stillpoint.job.Run;
import dev.stillpoint.job.RunJournal;
import dev.stillpoint.job.RunState;
import dev.stillpoint.job.TaskState;
import dev.stillpoint.job.VmTask;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Keeps the manager's task of one run like the run: one step for each disk. One thread. */
final class TaskMirror {

  private static final Set<TaskState> AFTER_THE_DISKS =
      EnumSet.of(TaskState.COMMITTING, TaskState.RELEASING, TaskState.SUCCEEDED, TaskState.WARNING);

  private final RunJournal journal;
  private final String mark;
  private final Map<String, String> openSteps = new LinkedHashMap<>();
  private final Set<String> endedSteps = new HashSet<>();
  private Optional<String> task = Optional.empty();

  TaskMirror(Run run, RunJournal journal) {
    this.journal = journal;
    this.mark = mark(run);
  }

  /** By which the task of a run is known. */
  static String mark(Run run) {
    return "Stillpoint " + run.id();
  }

  void show(Run run, RunText text, ActivityLog log) {
    if (task.isEmpty()) {
      task = Optional.of(log.startTask(mark, text.task(), journal));
    }
    String id = task.get();
    for (VmTask vm : run.vms()) {
      for (DiskTask disk : vm.disks()) {
        String key = vm.vmName() + " " + disk.disk();
        if (isBegun(vm, disk) && !endedSteps.contains(key) && !openSteps.containsKey(key)) {
          openSteps.put(key, log.startStep(id, text.step(vm, disk)));
        }
        if (openSteps.containsKey(key) && (isDone(vm, disk) || vm.state().isFinal())) {
          log.endStep(id, openSteps.get(key), isDone(vm, disk));
          openSteps.remove(key);
          endedSteps.add(key);
        }
      }
    }
    if (run.state().isFinal()) {
      boolean good = run.state() == RunState.SUCCEEDED || run.state() == RunState.WARNING;
      log.endTask(id, mark, good, journal);
    }
  }

  /** The disks of a restore are listed before it is their turn. */
  private static boolean isBegun(VmTask vm, DiskTask disk) {
    return disk.mode() != DiskTask.Mode.RESTORE
        || disk.restoredTo().isPresent()
        || isDone(vm, disk);
  }

  private static boolean isDone(VmTask vm, DiskTask disk) {
    boolean allMoved = disk.total().bytes() > 0 && disk.done().equals(disk.total());
    return allMoved || AFTER_THE_DISKS.contains(vm.state());
  }
}
