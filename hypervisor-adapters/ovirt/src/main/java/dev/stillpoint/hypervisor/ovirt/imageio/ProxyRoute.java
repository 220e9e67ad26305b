package dev.stillpoint.hypervisor.ovirt.imageio;

import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import org.apache.http.conn.ConnectTimeoutException;

/** Which failures to open a ticket at its host are worth an attempt through the engine's proxy. */
final class ProxyRoute {

  private ProxyRoute() {}

  /**
   * Whether no conversation came about: the name is unknown, the connection refused, prohibited by
   * a firewall (which is told as "no route to host"), without a route, or never answered. A host
   * that answers, were it with a certificate that is not trusted, is reached.
   */
  static boolean mayHelp(Throwable cause) {
    return cause instanceof UnknownHostException
        || cause instanceof SocketException
        || cause instanceof ConnectTimeoutException
        || cause instanceof SocketTimeoutException;
  }
}
