package dev.stillpoint.rest;

import dev.stillpoint.access.SignIns;
import dev.stillpoint.hypervisor.Password;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.rest.dto.ItemsDto;
import dev.stillpoint.rest.dto.NewSignInDto;
import dev.stillpoint.rest.dto.SignedInDto;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotAuthorizedException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Arrays;

/** {@code /sign-in}: a manager's token for somebody who comes with a name and a password. */
@Path("sign-in")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class SignInResource {

  /** Where the server notes the address from which a request came. */
  public static final String ADDRESS = "dev.stillpoint.address";

  private static final int LONGEST = 1024;

  private final SignIns signIns;

  public SignInResource(SignIns signIns) {
    this.signIns = signIns;
  }

  /** The names of the sites one can sign in to. */
  @GET
  @WithoutToken
  public ItemsDto<String> sites() {
    return new ItemsDto<>(signIns.sites());
  }

  /**
   * Signs in at the manager of a site.
   *
   * <p>After three failures of a user from one address each further try has to wait, up to a minute
   * (429, with {@code Retry-After}).
   */
  @POST
  @WithoutToken
  public SignedInDto signIn(NewSignInDto dto, @Context ContainerRequestContext request) {
    NewSignInDto sent = Require.present(dto, "body");
    String site = bounded(Require.present(sent.site(), "site"), "site");
    String user = bounded(Require.present(sent.user(), "user"), "user");
    char[] characters = Require.present(sent.password(), "password");
    request.setProperty(AuditFilter.SUBJECT, "sign-in/" + site + "/" + user);
    String address = String.valueOf(request.getProperty(ADDRESS));
    requireNoHaste(signIns.mustWait(site, user, address));
    try (Password password = new Password(characters)) {
      return answer(signIns.signIn(site, user, password, address));
    } catch (StillpointException e) {
      if (e.kind() == ErrorKind.UNAUTHENTICATED || e.kind() == ErrorKind.NOT_FOUND) {
        throw new NotAuthorizedException(e.getMessage(), e, "Bearer");
      }
      throw e;
    } finally {
      Arrays.fill(characters, '\0');
    }
  }

  private static SignedInDto answer(SignIns.SignedIn signedIn) {
    try (Password token = signedIn.token()) {
      return new SignedInDto(
          token.use(String::new),
          signedIn.access().name(),
          signedIn.site().id().value(),
          signedIn.access().vms().isEmpty(),
          signedIn.validUntil());
    }
  }

  private static void requireNoHaste(Duration wait) {
    if (!wait.isZero()) {
      Response answer =
          Response.status(Response.Status.TOO_MANY_REQUESTS)
              .header(HttpHeaders.RETRY_AFTER, wait.toSeconds() + 1)
              .build();
      throw new ClientErrorException(
          "Signing in failed too often: wait " + (wait.toSeconds() + 1) + " s", answer);
    }
  }

  private static String bounded(String text, String field) {
    if (text.length() > LONGEST) {
      throw new StillpointException(
          ErrorKind.BAD_REQUEST, "'" + field + "' is too long", "Send at most " + LONGEST + ".");
    }
    return text;
  }
}
