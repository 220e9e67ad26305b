package dev.stillpoint.rest.error;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.Place;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.rest.openapi.Words;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Locale;
import java.util.Optional;

/**
 * A failure as RFC 9457 describes it, with the kind and the remedy as extensions.
 *
 * @param place where in Stillpoint one does what the remedy says, for clients to lead there
 */
public record ProblemDocument(
    String type,
    String title,
    int status,
    @Words(of = ErrorKind.class, capitals = true) String kind,
    String detail,
    String remedy,
    @Words(of = Place.class) Optional<String> place) {

  public static final MediaType MEDIA_TYPE = new MediaType("application", "problem+json");

  /** The answer for a failure of ours. */
  static Response answer(StillpointException e) {
    return answer(status(e.kind()), e.kind(), e.getMessage(), e.remedy(), e.place());
  }

  static Response answer(ErrorKind kind, String detail, String remedy) {
    return answer(status(kind), kind, detail, remedy, Optional.empty());
  }

  static Response answer(int status, ErrorKind kind, String detail, String remedy) {
    return answer(status, kind, detail, remedy, Optional.empty());
  }

  private static Response answer(
      int status, ErrorKind kind, String detail, String remedy, Optional<Place> place) {
    Response.Status known = Response.Status.fromStatusCode(status);
    String title = known == null ? "Insufficient Storage" : known.getReasonPhrase();
    return Response.status(status)
        .type(MEDIA_TYPE)
        .entity(
            new ProblemDocument(
                "about:blank",
                title,
                status,
                kind.name(),
                detail,
                remedy,
                place.map(ProblemDocument::word)))
        .build();
  }

  private static String word(Place place) {
    return place.name().toLowerCase(Locale.ROOT);
  }

  /** 401 is only about the caller's own token: a manager that refuses our login is 502. */
  private static int status(ErrorKind kind) {
    return switch (kind) {
      case BAD_REQUEST -> 400;
      case PERMISSION -> 403;
      case NOT_FOUND -> 404;
      case CONFLICT -> 409;
      case UNAUTHENTICATED, HYPERVISOR_REFUSED -> 502;
      case HYPERVISOR_UNAVAILABLE, STORAGE_UNAVAILABLE -> 503;
      case OUT_OF_SPACE -> 507;
      case CORRUPT_DATA, CANCELLED, INTERNAL -> 500;
    };
  }
}
