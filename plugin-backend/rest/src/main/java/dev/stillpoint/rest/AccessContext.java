package dev.stillpoint.rest;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.access.Access;
import jakarta.ws.rs.NotAuthorizedException;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import java.util.function.Supplier;

/** Carries who calls from the filter that found out to the resource that must know. */
final class AccessContext implements SecurityContext {

  private final Owner owner;
  private final boolean secure;

  private record Owner(Access access, Supplier<Access> renewal) implements Principal {

    @Override
    public String getName() {
      return access.name();
    }
  }

  /**
   * @param renewal asks again who calls; refuses when the token is not good any more
   */
  AccessContext(Access access, Supplier<Access> renewal, boolean secure) {
    this.owner = new Owner(requireNonNull(access, "access"), requireNonNull(renewal, "renewal"));
    this.secure = secure;
  }

  /**
   * @throws NotAuthorizedException when no filter has looked at the request
   */
  static Access of(SecurityContext security) {
    return owner(security).access();
  }

  /** For calls that last longer than a caller's rights may be taken for granted. */
  static Supplier<Access> renewal(SecurityContext security) {
    return owner(security).renewal();
  }

  private static Owner owner(SecurityContext security) {
    if (security.getUserPrincipal() instanceof Owner owner) {
      return owner;
    }
    throw new NotAuthorizedException("Nobody knows who calls", "Bearer");
  }

  @Override
  public Principal getUserPrincipal() {
    return owner;
  }

  @Override
  public boolean isUserInRole(String role) {
    return false;
  }

  @Override
  public boolean isSecure() {
    return secure;
  }

  @Override
  public String getAuthenticationScheme() {
    return "Bearer";
  }
}
