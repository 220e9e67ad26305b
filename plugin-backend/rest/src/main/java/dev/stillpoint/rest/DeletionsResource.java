package dev.stillpoint.rest;

import dev.stillpoint.access.Access;
import dev.stillpoint.catalog.Catalog;
import dev.stillpoint.catalog.RestorePoint;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.rest.dto.DeletionDto;
import dev.stillpoint.rest.dto.NewDeletionDto;
import dev.stillpoint.retention.KeptPoint;
import dev.stillpoint.retention.VmRef;
import dev.stillpoint.upkeep.Expirer;
import dev.stillpoint.upkeep.FreedSpace;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import java.util.Map;

/** {@code /points/deletions}: chosen points go, and what that frees is said before. */
@Path("points/deletions")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class DeletionsResource {

  private static final int MOST = 1000;

  private final Catalog catalog;
  private final Expirer expirer;
  private final FreedSpace space;

  public DeletionsResource(Catalog catalog, Expirer expirer, FreedSpace space) {
    this.catalog = catalog;
    this.expirer = expirer;
    this.space = space;
  }

  /** Deletes all points that are named, or none; a dry run only says what would come of it. */
  @POST
  public DeletionDto delete(NewDeletionDto sent, @Context SecurityContext security) {
    Access access = AccessContext.of(security);
    List<String> ids = Require.all(Require.present(sent, "body").points(), "points");
    if (ids.isEmpty() || ids.size() > MOST) {
      throw new StillpointException(
          ErrorKind.BAD_REQUEST,
          ids.size() + " points cannot be deleted at once",
          "Name 1 to " + MOST + " points.");
    }
    List<KeptPoint> points = ids.stream().distinct().map(id -> point(id, access)).toList();
    points.forEach(expirer::requireFree);
    Map<VmRef, ByteCount> freed = space.of(points);
    if (!sent.dryRun()) {
      expirer.delete(points, access.name());
    }
    return DeletionDto.of(!sent.dryRun(), points, freed);
  }

  private KeptPoint point(String id, Access access) {
    RestorePoint point = PointAccess.seen(catalog, id, access);
    access.requireAdministrator(point.site());
    return expirer.kept(point);
  }
}
