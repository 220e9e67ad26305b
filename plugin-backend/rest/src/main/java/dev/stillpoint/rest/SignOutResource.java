package dev.stillpoint.rest;

import dev.stillpoint.access.SignIns;
import dev.stillpoint.hypervisor.Password;
import dev.stillpoint.rest.dto.SignedOutDto;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;

/** {@code /sign-out}: the end of a token that was given here. */
@Path("sign-out")
@Produces(MediaType.APPLICATION_JSON)
public final class SignOutResource {

  private final SignIns signIns;

  public SignOutResource(SignIns signIns) {
    this.signIns = signIns;
  }

  /**
   * Ends the caller's token at its manager.
   *
   * <p>Only one that {@code /sign-in} gave: who came from the manager's own console stays signed in
   * there.
   */
  @POST
  public SignedOutDto signOut(@Context HttpHeaders headers, @Context SecurityContext security) {
    String bearer =
        headers.getHeaderString(HttpHeaders.AUTHORIZATION).substring(TokenFilter.SCHEME.length());
    try (Password token = new Password(bearer.toCharArray())) {
      return new SignedOutDto(signIns.signOut(AccessContext.of(security), token));
    }
  }
}
