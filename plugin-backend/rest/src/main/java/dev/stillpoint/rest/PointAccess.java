package dev.stillpoint.rest;

import dev.stillpoint.access.Access;
import dev.stillpoint.catalog.Catalog;
import dev.stillpoint.catalog.RestorePoint;
import dev.stillpoint.hypervisor.Right;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.Place;
import dev.stillpoint.model.RestorePointId;
import dev.stillpoint.model.StillpointException;

/** Finds restore points for callers: who may not see the VM may not know the point. */
final class PointAccess {

  private PointAccess() {}

  /**
   * @throws StillpointException NOT_FOUND when there is none for this caller
   */
  static RestorePoint seen(Catalog catalog, String id, Access access) {
    return catalog
        .find(new RestorePointId(id))
        .filter(point -> access.sees(point.site(), point.settings().id()))
        .orElseThrow(
            () ->
                new StillpointException(
                    ErrorKind.NOT_FOUND,
                    "There is no restore point " + id,
                    "Look for it in the list of restore points.",
                    Place.POINTS));
  }

  /**
   * @throws StillpointException PERMISSION naming the permit the caller lacks on the point's VM
   */
  static void require(Right right, RestorePoint point, Access access) {
    access.require(right, point.site(), point.settings().id(), point.settings().name());
  }
}
