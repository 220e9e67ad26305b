package dev.stillpoint.rest;

import dev.stillpoint.health.Health;
import dev.stillpoint.health.HealthPart;
import dev.stillpoint.rest.dto.HealthDto;
import dev.stillpoint.rest.openapi.Answer;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** {@code /health}: whether the server can do its work, in a word. */
@Path("health")
@Produces(MediaType.APPLICATION_JSON)
public final class HealthResource {

  private final Health health;

  public HealthResource(Health health) {
    this.health = health;
  }

  /**
   * Whether the server can do its work, for load balancers.
   *
   * <p>The reasons are told by {@code /status}, to who has a token.
   */
  @GET
  @WithoutToken
  @Answer(status = 200, body = HealthDto.class, when = "it can, or with restrictions")
  @Answer(status = 503, body = HealthDto.class, when = "it cannot")
  public Response get() {
    HealthPart.State state = health.state();
    return Response.status(state == HealthPart.State.DOWN ? 503 : 200)
        .entity(HealthDto.of(state))
        .header("Cache-Control", "no-store")
        .build();
  }
}
