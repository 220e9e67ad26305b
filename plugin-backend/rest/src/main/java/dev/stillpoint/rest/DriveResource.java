package dev.stillpoint.rest;

import dev.stillpoint.drive.DriveWish;
import dev.stillpoint.drive.Drives;
import dev.stillpoint.drive.Iso;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.VmId;
import dev.stillpoint.rest.dto.DriveDto;
import dev.stillpoint.rest.openapi.Words;
import dev.stillpoint.site.Site;
import dev.stillpoint.site.Sites;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /sites/{site}/vms/{vm}/drive}: the CD drive of a VM. */
@Path("sites/{site}/vms/{vm}/drive")
@Produces(MediaType.APPLICATION_JSON)
public final class DriveResource {

  private static final Logger LOG = LoggerFactory.getLogger(DriveResource.class);

  private final Sites sites;
  private final Drives drives;
  private final VmFinder vms;

  public DriveResource(Sites sites, Drives drives) {
    this.sites = sites;
    this.drives = drives;
    this.vms = new VmFinder(sites);
  }

  /** What lies in the CD drive of a VM. */
  @GET
  public DriveDto show(
      @PathParam("site") String idOrName,
      @PathParam("vm") String vm,
      @Context SecurityContext security) {
    Site site = sites.require(idOrName);
    return DriveDto.of(drives.show(site.id(), vm(site, vm, security)));
  }

  /**
   * Puts an image into the CD drive of a VM.
   *
   * <p>The body is the image. It is not needed when an image of that SHA-256 is at the site
   * already, or the call is refused: a caller that sends {@code Expect: 100-continue} need not send
   * it then. From any other it is taken all the same, for many do not listen before they have sent
   * it.
   *
   * @param name of the file; needed
   * @param sha256 in hex; where such an image is at the site already, it is taken
   * @param when {@code fits}: at once if the VM runs, and for its next start
   */
  @PUT
  @Consumes(MediaType.APPLICATION_OCTET_STREAM)
  public DriveDto insert(
      @PathParam("site") String idOrName,
      @PathParam("vm") String vm,
      @QueryParam("name") String name,
      @QueryParam("sha256") @DefaultValue("") String sha256,
      @QueryParam("when") @DefaultValue("fits") @Words({"fits", "now", "next-start", "both"})
          String when,
      @Context ContainerRequestContext request,
      InputStream body) {
    try {
      Site site = sites.require(idOrName);
      Iso iso =
          new Iso(
              Require.present(name, "name"),
              length(request),
              Optional.of(sha256).filter(hash -> !hash.isEmpty()),
              () -> body);
      return DriveDto.of(
          drives.insert(site.id(), vm(site, vm, request.getSecurityContext()), iso, wish(when)));
    } finally {
      if (request.getHeaderString("Expect") == null) {
        takeRest(body);
      }
    }
  }

  private static void takeRest(InputStream body) {
    try {
      body.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      LOG.debug("the rest of an image did not come: {}", e.getMessage());
    }
  }

  /**
   * Empties the CD drive of a VM.
   *
   * @param when {@code fits}: at once if the VM runs, and for its next start
   * @param putBack what was in the drive before goes back into it
   */
  @DELETE
  public DriveDto eject(
      @PathParam("site") String idOrName,
      @PathParam("vm") String vm,
      @QueryParam("when") @DefaultValue("fits") @Words({"fits", "now", "next-start", "both"})
          String when,
      @QueryParam("putBack") @DefaultValue("false") boolean putBack,
      @Context SecurityContext security) {
    Site site = sites.require(idOrName);
    return DriveDto.of(drives.eject(site.id(), vm(site, vm, security), wish(when), putBack));
  }

  /** Not {@code getLength()}: that ends at 2 GiB. */
  private static ByteCount length(ContainerRequestContext request) {
    String length = request.getHeaderString(HttpHeaders.CONTENT_LENGTH);
    if (length == null || !length.matches("[0-9]{1,18}")) {
      throw new StillpointException(
          ErrorKind.BAD_REQUEST,
          "The size of the image is not known",
          "Send it with a Content-Length.");
    }
    return ByteCount.ofBytes(Long.parseLong(length));
  }

  private VmId vm(Site site, String idOrName, SecurityContext security) {
    return vms.one(site, idOrName, AccessContext.of(security)).id();
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
