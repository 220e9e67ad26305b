package dev.stillpoint.rest.error;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns whatever a resource throws into a problem document. */
public final class FailureMapper implements ExceptionMapper<Throwable> {

  private static final Logger LOG = LoggerFactory.getLogger(FailureMapper.class);

  @Override
  public Response toResponse(Throwable failure) {
    if (failure instanceof StillpointException expected) {
      return ProblemDocument.answer(expected);
    }
    if (failure instanceof WebApplicationException http) {
      return fromHttp(http);
    }
    if (failure instanceof IllegalArgumentException invalid) {
      return ProblemDocument.answer(ErrorKind.BAD_REQUEST, invalid.getMessage(), "");
    }
    LOG.error("a request failed unexpectedly", failure);
    return ProblemDocument.answer(
        ErrorKind.INTERNAL,
        "Unexpected: " + failure,
        "This is a defect of Stillpoint; the server's log has the details.");
  }

  private static Response fromHttp(WebApplicationException http) {
    int status = http.getResponse().getStatus();
    ErrorKind kind =
        switch (status) {
          case 401 -> ErrorKind.UNAUTHENTICATED;
          case 403 -> ErrorKind.PERMISSION;
          case 404 -> ErrorKind.NOT_FOUND;
          default -> status < 500 ? ErrorKind.BAD_REQUEST : ErrorKind.INTERNAL;
        };
    if (http.getCause() instanceof StillpointException cause) {
      return withHeaders(
          http, ProblemDocument.answer(status, kind, http.getMessage(), cause.remedy()));
    }
    String remedy =
        kind == ErrorKind.UNAUTHENTICATED
            ? "Send the line of the file api-token in this server's data directory as bearer token, or"
                + " a token of a manager with the name of its site in the header Stillpoint-Site."
            : "";
    return withHeaders(http, ProblemDocument.answer(status, kind, http.getMessage(), remedy));
  }

  private static Response withHeaders(WebApplicationException http, Response answer) {
    // What goes with a status: WWW-Authenticate, Allow, Content-Range.
    http.getResponse().getHeaders().forEach(answer.getHeaders()::putIfAbsent);
    return answer;
  }
}
