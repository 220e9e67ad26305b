package dev.stillpoint.rest;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;

/** {@code /openapi.json}: this API, described for programs. */
@Path("openapi.json")
public final class OpenApiResource {

  static final String DOCUMENT = "openapi.json";

  /** The description of this API, as OpenAPI 3.1. */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @WithoutToken
  public InputStream get() {
    return OpenApiResource.class.getResourceAsStream(DOCUMENT);
  }
}
