package dev.stillpoint.hypervisor.ovirt.http;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Locale;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.http.conn.ConnectTimeoutException;

/**
 * Somebody we talk to, and what a broken conversation with him means.
 *
 * @param name as it stands in messages: {@code the engine at https://engine.example}; no secret
 * @param answer how long we wait for his next bytes
 */
public record Peer(String name, Duration answer) {

  public Peer {
    requireNonNull(name, "name");
    requireNonNull(answer, "answer");
  }

  /**
   * @param doing what was tried, for people: {@code Reading disk web01_Disk1}
   */
  public StillpointException unavailable(String doing, IOException cause) {
    return new StillpointException(
        ErrorKind.HYPERVISOR_UNAVAILABLE,
        doing + " failed: " + name + " " + what(cause),
        remedy(cause),
        cause);
  }

  private String what(IOException cause) {
    if (cause instanceof SocketTimeoutException) {
      return "did not answer within " + seconds();
    }
    if (cause instanceof ConnectTimeoutException) {
      return "could not be connected in time";
    }
    if (cause instanceof UnknownHostException) {
      return "could not be found: its host name is unknown here";
    }
    if (cause instanceof SSLPeerUnverifiedException) {
      return "showed a certificate for another host name";
    }
    if (isDistrust(cause)) {
      return "showed a certificate that is not trusted";
    }
    if (cause instanceof SSLException) {
      return "does not speak TLS, or none that we do";
    }
    return "could not be reached or broke the connection";
  }

  private String remedy(IOException cause) {
    if (cause instanceof SSLPeerUnverifiedException) {
      return "Use the host name that stands in the certificate";
    }
    if (isDistrust(cause)) {
      return "Give the engine's CA certificate in the site's settings";
    }
    if (cause instanceof SSLException) {
      return "Check the address and its port: https is expected there";
    }
    return "Check that " + name + " runs and that a firewall lets this server connect to it";
  }

  /** A handshake may also break off because the other side speaks something else. */
  private static boolean isDistrust(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateException) {
        return true;
      }
    }
    return false;
  }

  private String seconds() {
    return answer.compareTo(Duration.ofSeconds(1)) < 0
        ? answer.toMillis() + " ms"
        : String.format(Locale.ROOT, "%d s", answer.toSeconds());
  }
}
