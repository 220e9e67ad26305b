package dev.stillpoint.rest;

import dev.stillpoint.access.Access;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.rest.dto.CallerDto;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;

/** {@code /caller}: who the caller is taken for. */
@Path("caller")
@Produces(MediaType.APPLICATION_JSON)
public final class CallerResource {

  /** Whom the caller is taken for. */
  @GET
  public CallerDto get(@Context SecurityContext security) {
    Access access = AccessContext.of(security);
    return new CallerDto(access.name(), access.site().map(SiteId::value), access.isAdministrator());
  }
}
