package dev.stillpoint.rest;

import dev.stillpoint.access.Access;
import dev.stillpoint.catalog.Catalog;
import dev.stillpoint.job.Run;
import dev.stillpoint.job.VmTask;
import dev.stillpoint.model.VmId;

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
        || run.vms().stream().allMatch(task -> access.sees(run.site(), vm(task)));
  }

  /** A new VM that is not made yet is known by the one it is made of. */
  VmId vm(VmTask task) {
    return task.vm()
        .or(() -> task.point().flatMap(catalog::find).map(point -> point.settings().id()))
        .orElse(NOBODYS);
  }
}
