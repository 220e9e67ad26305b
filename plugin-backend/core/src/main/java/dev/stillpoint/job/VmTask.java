package dev.stillpoint.job;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.DiskId;
import dev.stillpoint.model.RestorePointId;
import dev.stillpoint.model.VmId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a run stands with one VM.
 *
 * @param vm the VM backed up or restored; empty while a restore has not made its new VM yet
 * @param point the restore point made, or restored from
 * @param snapshotTime the instant the snapshot shows
 * @param snapshot the manager's reference of the snapshot
 * @param problem why it failed; on a task that did not fail, the first thing to look at
 * @param notes sentences for people about what is not as they might expect
 */
public record VmTask(
    Optional<VmId> vm,
    String vmName,
    TaskState state,
    Optional<RestorePointId> point,
    Optional<Instant> snapshotTime,
    Optional<String> snapshot,
    Optional<Problem> problem,
    List<String> notes,
    List<DiskTask> disks) {

  public VmTask {
    requireNonNull(vm, "vm");
    requireNonNull(vmName, "vmName");
    requireNonNull(state, "state");
    requireNonNull(point, "point");
    requireNonNull(snapshotTime, "snapshotTime");
    requireNonNull(snapshot, "snapshot");
    requireNonNull(problem, "problem");
    notes = List.copyOf(notes);
    disks = List.copyOf(disks);
  }

  public static VmTask waiting(Optional<VmId> vm, String vmName) {
    return new VmTask(
        vm,
        vmName,
        TaskState.WAITING,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of());
  }

  public VmTask withVm(VmId newVm) {
    return new VmTask(
        Optional.of(newVm), vmName, state, point, snapshotTime, snapshot, problem, notes, disks);
  }

  public VmTask withState(TaskState newState) {
    return new VmTask(vm, vmName, newState, point, snapshotTime, snapshot, problem, notes, disks);
  }

  public VmTask withPoint(RestorePointId newPoint) {
    return new VmTask(
        vm, vmName, state, Optional.of(newPoint), snapshotTime, snapshot, problem, notes, disks);
  }

  public VmTask withSnapshot(String reference, Instant time) {
    return new VmTask(
        vm, vmName, state, point, Optional.of(time), Optional.of(reference), problem, notes, disks);
  }

  public VmTask withProblem(TaskState newState, Problem newProblem) {
    return new VmTask(
        vm, vmName, newState, point, snapshotTime, snapshot, Optional.of(newProblem), notes, disks);
  }

  /** Something that did not stop us, but that somebody must look at. */
  public VmTask withWarning(Problem warning) {
    VmTask noted = withNote(warning.detail());
    return noted.problem().isPresent() ? noted : noted.withProblem(state, warning);
  }

  /** At the end of everything: succeeded, or a warning where there is something to look at. */
  public VmTask done() {
    return withState(problem.isPresent() ? TaskState.WARNING : TaskState.SUCCEEDED);
  }

  public VmTask withNote(String note) {
    List<String> more = new ArrayList<>(notes);
    more.add(note);
    return new VmTask(vm, vmName, state, point, snapshotTime, snapshot, problem, more, disks);
  }

  /** With one disk added, or replaced where it is listed already. */
  public VmTask withDisk(DiskTask disk) {
    List<DiskTask> more = new ArrayList<>(disks);
    int at = indexOf(disk.disk());
    if (at < 0) {
      more.add(disk);
    } else {
      more.set(at, disk);
    }
    return new VmTask(vm, vmName, state, point, snapshotTime, snapshot, problem, notes, more);
  }

  private int indexOf(DiskId disk) {
    for (int i = 0; i < disks.size(); i++) {
      if (disks.get(i).disk().equals(disk)) {
        return i;
      }
    }
    return -1;
  }
}
