package dev.stillpoint.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.rest.error.FailureMapper;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;

/** A body that is not the JSON we expect is the caller's mistake, and he is told where. */
final class BadJsonMapper implements ExceptionMapper<JsonProcessingException> {

  private final FailureMapper failures = new FailureMapper();

  @Override
  public Response toResponse(JsonProcessingException e) {
    return failures.toResponse(
        new StillpointException(
            ErrorKind.BAD_REQUEST,
            "The body is not the JSON expected here: " + e.getOriginalMessage(),
            "The shapes are described in the API's documentation."));
  }
}
