package dev.stillpoint.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.ws.rs.NotAuthorizedException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import java.security.MessageDigest;

/** Lets only those in who can read the server's token file. */
public final class TokenFilter implements ContainerRequestFilter {

  private static final String SCHEME = "Bearer ";

  private final byte[] token;

  /**
   * @param token what callers must present, as text
   */
  public TokenFilter(String token) {
    this.token = token.getBytes(UTF_8);
  }

  @Override
  public void filter(ContainerRequestContext request) {
    String header = request.getHeaderString(HttpHeaders.AUTHORIZATION);
    boolean known =
        header != null
            && header.startsWith(SCHEME)
            && MessageDigest.isEqual(token, header.substring(SCHEME.length()).getBytes(UTF_8));
    if (!known) {
      throw new NotAuthorizedException("The request has no token, or not this server's", "Bearer");
    }
  }
}
