package dev.stillpoint.server;

import dev.stillpoint.rest.SignInResource;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Context;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Notes from which address a request came. A web server on this machine is believed when it says
 * whom it works for; what comes before its own last word anybody may have written.
 */
final class RemoteAddressFilter implements ContainerRequestFilter {

  @Context private HttpServletRequest servlet;

  @Override
  public void filter(ContainerRequestContext request) {
    String peer = servlet.getRemoteAddr();
    String chain = request.getHeaderString("X-Forwarded-For");
    boolean proxied = chain != null && !chain.isBlank() && isThisMachine(peer);
    request.setProperty(
        SignInResource.ADDRESS,
        proxied ? chain.substring(chain.lastIndexOf(',') + 1).strip() : peer);
  }

  private static boolean isThisMachine(String address) {
    try {
      return InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
