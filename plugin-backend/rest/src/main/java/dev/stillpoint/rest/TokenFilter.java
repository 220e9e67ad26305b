package dev.stillpoint.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stillpoint.access.Access;
import dev.stillpoint.access.Identities;
import dev.stillpoint.hypervisor.Password;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.site.Sites;
import jakarta.ws.rs.NotAuthorizedException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import java.lang.reflect.Method;
import java.security.MessageDigest;
import java.util.function.Supplier;

/**
 * Lets those in who can read the server's token file, and those whom a manager knows: they say with
 * the header {@value #SITE} which manager's token they bring.
 */
public final class TokenFilter implements ContainerRequestFilter {

  /** Names a site, by id or name, whose manager gave the token of this request. */
  public static final String SITE = "Stillpoint-Site";

  static final String SCHEME = "Bearer ";

  private final byte[] token;
  private final Sites sites;
  private final Identities identities;

  @Context private ResourceInfo called;

  /**
   * @param token what callers without a site must present, as text
   */
  public TokenFilter(String token, Sites sites, Identities identities) {
    this.token = token.getBytes(UTF_8);
    this.sites = sites;
    this.identities = identities;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    Method method = called.getResourceMethod();
    if (method != null && method.isAnnotationPresent(WithoutToken.class)) {
      return;
    }
    String header = request.getHeaderString(HttpHeaders.AUTHORIZATION);
    if (header == null || !header.startsWith(SCHEME)) {
      throw new NotAuthorizedException("The request has no token, or not this server's", "Bearer");
    }
    String sent = header.substring(SCHEME.length());
    String site = request.getHeaderString(SITE);
    // Our own token is looked for first: it must not be shown to a manager by mistake.
    Supplier<Access> asked = () -> site == null || isOurs(sent) ? server(sent) : guest(site, sent);
    Access access = asked.get();
    if (!GuestCalls.allows(request.getMethod(), request.getUriInfo().getPath())) {
      access.requireServer();
    }
    request.setSecurityContext(
        new AccessContext(access, asked, request.getSecurityContext().isSecure()));
  }

  private Access server(String sent) {
    if (!isOurs(sent)) {
      throw new NotAuthorizedException("The request has no token, or not this server's", "Bearer");
    }
    return Access.ofServer();
  }

  private boolean isOurs(String sent) {
    return MessageDigest.isEqual(token, sent.getBytes(UTF_8));
  }

  /** To a stranger a site that is not there and a token that is not known are the same. */
  private Access guest(String site, String sent) {
    try (Password secret = new Password(sent.toCharArray())) {
      SiteId id = sites.require(site).id();
      return identities.of(id, secret);
    } catch (StillpointException e) {
      if (e.kind() == ErrorKind.UNAUTHENTICATED || e.kind() == ErrorKind.NOT_FOUND) {
        throw new NotAuthorizedException(
            "The manager of that site does not know this token, or it has expired", "Bearer");
      }
      throw e;
    }
  }
}
