package dev.stillpoint.rest;

import dev.stillpoint.drive.Drive;
import dev.stillpoint.drive.DriveWish;
import dev.stillpoint.drive.Drives;
import dev.stillpoint.drive.Iso;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.VmId;
import dev.stillpoint.rest.dto.DriveDto;
import dev.stillpoint.site.Site;
import dev.stillpoint.site.Sites;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.Optional;

/** {@code /sites/{site}/vms/{vm}/drive}: the CD drive of a VM. */
@Path("sites/{site}/vms/{vm}/drive")
@Produces(MediaType.APPLICATION_JSON)
public final class DriveResource {

  private final Sites sites;
  private final Drives drives;
  private final VmFinder vms;

  public DriveResource(Sites sites, Drives drives) {
    this.sites = sites;
    this.drives = drives;
    this.vms = new VmFinder(sites);
  }

  @GET
  public DriveDto show(@PathParam("site") String idOrName, @PathParam("vm") String vm) {
    Site site = sites.require(idOrName);
    return dto(drives.show(site.id(), vm(site, vm)));
  }

  /**
   * The body is the image. It is not read when an image of that SHA-256 is at the site already, so
   * a caller that sends {@code Expect: 100-continue} need not send it then.
   */
  @PUT
  @Consumes(MediaType.APPLICATION_OCTET_STREAM)
  public DriveDto insert(
      @PathParam("site") String idOrName,
      @PathParam("vm") String vm,
      @QueryParam("name") String name,
      @QueryParam("sha256") @DefaultValue("") String sha256,
      @QueryParam("when") @DefaultValue("fits") String when,
      @HeaderParam("Content-Length") @DefaultValue("-1") long length,
      InputStream body) {
    if (length < 0) {
      throw new StillpointException(
          ErrorKind.BAD_REQUEST,
          "The size of the image is not known",
          "Send it with a Content-Length.");
    }
    Site site = sites.require(idOrName);
    Iso iso =
        new Iso(
            Require.present(name, "name"),
            ByteCount.ofBytes(length),
            Optional.of(sha256).filter(hash -> !hash.isEmpty()),
            () -> body);
    return dto(drives.insert(site.id(), vm(site, vm), iso, wish(when)));
  }

  @DELETE
  public DriveDto eject(
      @PathParam("site") String idOrName,
      @PathParam("vm") String vm,
      @QueryParam("when") @DefaultValue("fits") String when,
      @QueryParam("putBack") @DefaultValue("false") boolean putBack) {
    Site site = sites.require(idOrName);
    return dto(drives.eject(site.id(), vm(site, vm), wish(when), putBack));
  }

  private VmId vm(Site site, String idOrName) {
    return vms.one(site, idOrName).id();
  }

  private static DriveDto dto(Drive drive) {
    return DriveDto.of(drive);
  }

  private static DriveWish wish(String when) {
    return switch (when) {
      case "fits" -> DriveWish.AS_FITS;
      case "now" -> DriveWish.NOW;
      case "next-start" -> DriveWish.NEXT_START;
      case "both" -> DriveWish.BOTH;
      default ->
          throw new StillpointException(
              ErrorKind.BAD_REQUEST,
              "A drive cannot be changed '" + when + "'",
              "Say fits, now, next-start or both.");
    };
  }
}
