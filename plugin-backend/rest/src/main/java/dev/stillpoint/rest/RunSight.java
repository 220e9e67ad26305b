package dev.stillpoint.rest;

import dev.stillpoint.access.Access;
import dev.stillpoint.catalog.Catalog;
import dev.stillpoint.hypervisor.Right;
import dev.stillpoint.job.Restores;
import dev.stillpoint.job.Run;
import dev.stillpoint.job.RunAction;
import dev.stillpoint.job.VmTask;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.VmId;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Who is shown which runs. */
final class RunSight {

  private static final VmId NOBODYS = new VmId("-");

  private final Catalog catalog;

  RunSight(Catalog catalog) {
    this.catalog = catalog;
  }

  /** A run names all its VMs, so only who sees them all is shown it. */
  boolean sees(Access access, Run run) {
    return access.isServer()
        || run.vms().stream().allMatch(task -> access.sees(run.site(), vm(run, task)));
  }

  /** What he may have done with it now. */
  Set<RunAction> actions(Access access, Run run) {
    boolean may =
        IntStream.range(0, run.vms().size())
            .allMatch(
                i -> access.rights(run.site(), vm(run, run.vms().get(i))).contains(right(run, i)));
    return may ? RunAction.of(run) : Set.of();
  }

  /**
   * Whoever could have asked for such a run may stop it, and ask for it again.
   *
   * @throws StillpointException PERMISSION naming the permit that he lacks
   */
  void requireMayAskFor(Access access, Run run) {
    for (int i = 0; i < run.vms().size(); i++) {
      VmTask task = run.vms().get(i);
      access.require(right(run, i), run.site(), vm(run, task), task.vmName());
    }
  }

  private static Right right(Run run, int task) {
    return run.request() instanceof Restores restores
        ? restores.parts().get(task).mode().right()
        : Right.BACK_UP;
  }

  /** A VM that is restored is the one its point is of: a new one is nobody's until it is whole. */
  private VmId vm(Run run, VmTask task) {
    Optional<VmId> restored =
        run.request() instanceof Restores
            ? task.point().flatMap(catalog::find).map(point -> point.settings().id())
            : Optional.empty();
    return restored.or(task::vm).orElse(NOBODYS);
  }
}
