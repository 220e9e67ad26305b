package dev.stillpoint.job;

import dev.stillpoint.model.Cancellation;
import dev.stillpoint.model.DiskId;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/**
 * A run while it is carried out: changed from many threads, seen by anybody.
 *
 * <p>Progress is kept in memory; a change of state is also stored.
 */
public final class RunTracker {

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

  /** Changes what is known of one VM and stores it. */
  public void vm(int index, UnaryOperator<VmTask> change) {
    save(run -> run.withVm(index, change));
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

  /** Serialised, so that what is stored last is what was changed last. */
  synchronized Run save(UnaryOperator<Run> change) {
    Run changed = current.updateAndGet(change);
    store.update(changed);
    return changed;
  }
}
