package dev.stillpoint.job;

import dev.stillpoint.group.GroupReport;
import dev.stillpoint.model.Cancellation;
import dev.stillpoint.model.DiskId;
import dev.stillpoint.model.StillpointException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run while it is carried out: changed from many threads, seen by anybody.
 *
 * <p>Progress is kept in memory; a change of state is also stored.
 */
public final class RunTracker {

  private static final Logger LOG = LoggerFactory.getLogger(RunTracker.class);

  private final AtomicReference<Run> current;
  private final RunStore store;
  private final Cancellation cancellation = new Cancellation();

  RunTracker(Run run, RunStore store) {
    this.current = new AtomicReference<>(run);
    this.store = store;
  }

  public Run run() {
    return current.get();
  }

  public Cancellation cancellation() {
    return cancellation;
  }

  /**
   * Changes what is known of one VM and stores it. What cannot be stored now is stored with the
   * next change: a note that is lost is no reason to lose a backup.
   */
  public void vm(int index, UnaryOperator<VmTask> change) {
    saveOrWarn(run -> run.withVm(index, change));
  }

  /** Tells what the order of the run cost, and stores it as {@link #vm} does. */
  public void group(GroupReport report) {
    saveOrWarn(run -> run.withGroup(report));
  }

  private void saveOrWarn(UnaryOperator<Run> change) {
    try {
      save(change);
    } catch (StillpointException e) {
      LOG.warn("run={} its state is not stored: {}", run().id(), e.getMessage());
    }
  }

  public void vmState(int index, TaskState state) {
    vm(index, task -> task.withState(state));
  }

  /** Changes how far a disk is; not stored, there will be more of this. */
  public void disk(int index, DiskId disk, UnaryOperator<DiskTask> change) {
    current.updateAndGet(
        run ->
            run.withVm(
                index,
                task ->
                    task.disks().stream()
                        .filter(d -> d.disk().equals(disk))
                        .findFirst()
                        .map(d -> task.withDisk(change.apply(d)))
                        .orElse(task)));
  }

  /**
   * Changes a run that still waits, and stores it.
   *
   * @return whether it still waited
   */
  synchronized boolean saveIfQueued(UnaryOperator<Run> change) {
    if (run().state() != RunState.QUEUED) {
      return false;
    }
    save(change);
    return true;
  }

  /** Ends the run for everybody who looks here; it is the change's part to store it. */
  synchronized Run end(UnaryOperator<Run> change) {
    Run ended = change.apply(run());
    current.set(ended);
    return ended;
  }

  /** Serialised, so that what is stored last is what was changed last. */
  private synchronized void save(UnaryOperator<Run> change) {
    store.update(current.updateAndGet(change));
  }
}
