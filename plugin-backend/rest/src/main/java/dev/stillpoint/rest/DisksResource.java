package dev.stillpoint.rest;

import dev.stillpoint.access.Access;
import dev.stillpoint.catalog.Catalog;
import dev.stillpoint.catalog.RestorePoint;
import dev.stillpoint.hypervisor.Right;
import dev.stillpoint.model.ByteRange;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.Place;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.ImageReader;
import dev.stillpoint.repository.ImageRef;
import dev.stillpoint.repository.ManifestImage;
import dev.stillpoint.repository.Repository;
import dev.stillpoint.rest.dto.ExtentsDto;
import dev.stillpoint.rest.error.ProblemDocument;
import dev.stillpoint.rest.openapi.Answer;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** {@code /points/{point}/disks/{disk}}: what was on a disk, as a raw image. */
@Path("points/{point}/disks/{disk}")
public final class DisksResource {

  private static final String ACCEPT_RANGES = "Accept-Ranges";
  private static final String CONTENT_RANGE = "Content-Range";

  private final Catalog catalog;
  private final Repository repository;

  public DisksResource(Catalog catalog, Repository repository) {
    this.catalog = catalog;
    this.repository = repository;
  }

  /**
   * The image or, with a Range, a part of it.
   *
   * @param range one range of bytes; anything else than bytes is passed over
   * @param ifRange the ETag of a download that goes on; of another content the whole is sent
   */
  @GET
  @Path("content")
  @Produces(MediaType.APPLICATION_OCTET_STREAM)
  @Answer(status = 200, body = InputStream.class, when = "the whole image")
  @Answer(status = 206, body = InputStream.class, when = "the part that was asked for")
  @Answer(status = 304, body = void.class, when = "the caller has it already (If-None-Match)")
  @Answer(status = 412, body = void.class, when = "it is not what the caller has (If-Match)")
  @Answer(status = 416, body = ProblemDocument.class, when = "there is no such part")
  public Response content(
      @PathParam("point") String point,
      @PathParam("disk") String disk,
      @HeaderParam("Range") @DefaultValue("") String range,
      @HeaderParam("If-Range") @DefaultValue("") String ifRange,
      @Context Request request,
      @Context SecurityContext security) {
    Image image = require(point, disk, security);
    Response.ResponseBuilder unchanged = request.evaluatePreconditions(image.tag());
    if (unchanged != null) {
      return unchanged.build();
    }
    boolean sameAsBefore = ifRange.isEmpty() || ifRange.equals('"' + image.tag().getValue() + '"');
    long size = image.stored().size().bytes();
    Optional<ByteRange> part = sameAsBefore ? part(range, size) : Optional.empty();
    long start = part.map(ByteRange::start).orElse(0L);
    long end = part.map(ByteRange::end).orElse(size);
    ImageReader reader = repository.openImage(image.ref());
    ImageStream stream = ImageStream.of(reader, image.ref().toString(), start, end);
    Response.ResponseBuilder answer = describe(image, end - start).entity(stream);
    if (part.isPresent()) {
      answer
          .status(Response.Status.PARTIAL_CONTENT)
          .header(CONTENT_RANGE, "bytes " + start + "-" + (end - 1) + "/" + size);
    }
    return answer.build();
  }

  /** What a GET without a Range would say of the image. */
  @HEAD
  @Path("content")
  @Produces(MediaType.APPLICATION_OCTET_STREAM)
  @Answer(status = 200, body = void.class, when = "it is there")
  @Answer(status = 304, body = void.class, when = "the caller has it already (If-None-Match)")
  @Answer(status = 412, body = void.class, when = "it is not what the caller has (If-Match)")
  public Response size(
      @PathParam("point") String point,
      @PathParam("disk") String disk,
      @Context Request request,
      @Context SecurityContext security) {
    Image image = require(point, disk, security);
    Response.ResponseBuilder unchanged = request.evaluatePreconditions(image.tag());
    return unchanged == null
        ? describe(image, image.stored().size().bytes()).build()
        : unchanged.build();
  }

  /**
   * Where there is data; the rest reads as zeroes.
   *
   * @param start offset in bytes; go on with {@code next} of the page before
   * @param limit at most so many ranges; 1 to 10000
   */
  @GET
  @Path("extents")
  @Produces(MediaType.APPLICATION_JSON)
  public ExtentsDto extents(
      @PathParam("point") String point,
      @PathParam("disk") String disk,
      @QueryParam("start") @DefaultValue("0") long start,
      @QueryParam("limit") @DefaultValue("1000") int limit,
      @Context SecurityContext security) {
    try (ImageReader reader = repository.openImage(require(point, disk, security).ref())) {
      return ExtentsPage.read(reader, start, limit);
    }
  }

  private static Optional<ByteRange> part(String range, long sizeBytes) {
    try {
      return RangeHeader.resolve(range, sizeBytes);
    } catch (StillpointException e) {
      Response refusal =
          Response.status(Response.Status.REQUESTED_RANGE_NOT_SATISFIABLE)
              .header(CONTENT_RANGE, "bytes */" + sizeBytes)
              .build();
      throw new ClientErrorException(e.getMessage(), refusal, e);
    }
  }

  private static Response.ResponseBuilder describe(Image image, long lengthBytes) {
    return Response.ok()
        .type(MediaType.APPLICATION_OCTET_STREAM_TYPE)
        .tag(image.tag())
        .header(ACCEPT_RANGES, "bytes")
        .header(HttpHeaders.CONTENT_LENGTH, lengthBytes)
        .header(HttpHeaders.CONTENT_DISPOSITION, DownloadName.attachment(image.name(), ".raw"));
  }

  /** By id or, when one disk only has it, by name. */
  private Image require(String pointId, String disk, SecurityContext security) {
    Access access = AccessContext.of(security);
    RestorePoint point = PointAccess.seen(catalog, pointId, access);
    PointAccess.require(Right.READ_DATA, point, access);
    List<RestorePoint.Disk> named = point.disksNamed(disk);
    if (named.size() != 1) {
      throw notFound(
          "Restore point %s has %s disk %s"
              .formatted(pointId, named.isEmpty() ? "no" : "more than one", disk));
    }
    RestorePoint.Disk found = named.get(0);
    ImageRef ref = new ImageRef(point.id(), found.id().value());
    ManifestImage stored =
        repository.manifest(ref.point()).stream()
            .flatMap(manifest -> manifest.images().stream())
            .filter(image -> image.name().equals(ref.image()))
            .findFirst()
            .orElseThrow(() -> notFound("The repository has no " + ref));
    String name = point.settings().name() + " " + found.name() + " " + point.time();
    return new Image(ref, stored, name);
  }

  private static StillpointException notFound(String message) {
    return new StillpointException(
        ErrorKind.NOT_FOUND, message, "Look for it in the list of restore points.", Place.POINTS);
  }

  /**
   * A disk that was asked for.
   *
   * @param name for people
   */
  private record Image(ImageRef ref, ManifestImage stored, String name) {

    /** The root's hash names the content but not how many zeroes follow. */
    EntityTag tag() {
      return new EntityTag(stored.rootHash() + "-" + stored.size().bytes());
    }
  }
}
