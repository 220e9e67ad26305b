package dev.stillpoint.job;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.Cancellation;
import dev.stillpoint.model.DiskId;
import java.util.function.UnaryOperator;

/** One VM of a run while it is carried out; as {@link RunTracker}, for that VM. */
public record VmTracker(RunTracker run, int index) {

  public VmTracker {
    requireNonNull(run, "run");
  }

  public VmTask task() {
    return run.run().vms().get(index);
  }

  public Cancellation cancellation() {
    return run.cancellation();
  }

  public void vm(UnaryOperator<VmTask> change) {
    run.vm(index, change);
  }

  public void state(TaskState state) {
    run.vmState(index, state);
  }

  public void disk(DiskId disk, UnaryOperator<DiskTask> change) {
    run.disk(index, disk, change);
  }
}
