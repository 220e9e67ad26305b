package dev.stillpoint.repository.nbd;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * Whether connections are encrypted.
 *
 * @param context with the server's certificate and key, and, where clients must show certificates,
 *     with the authorities they are checked against; empty for no TLS at all
 * @param required whether clients without TLS are refused; they see no names of exports either
 * @param clientCertificates whether a client must show a certificate. NBD knows no passwords: this
 *     is the only way to tell who it is.
 */
public record NbdTls(Optional<SSLContext> context, boolean required, boolean clientCertificates) {

  public NbdTls {
    requireNonNull(context, "context");
    if (context.isEmpty() && (required || clientCertificates)) {
      throw new IllegalArgumentException("TLS cannot be required without a certificate");
    }
    if (clientCertificates && !required) {
      throw new IllegalArgumentException(
          "Clients that may do without TLS cannot be made to show certificates");
    }
  }

  /** Everything in the clear. */
  public static NbdTls none() {
    return new NbdTls(Optional.empty(), false, false);
  }

  /** For those that ask for it. */
  public static NbdTls offered(SSLContext context) {
    return new NbdTls(Optional.of(context), false, false);
  }

  /** For all. */
  public static NbdTls required(SSLContext context) {
    return new NbdTls(Optional.of(context), true, false);
  }

  /** For all, and all must show a certificate that the context trusts. */
  public static NbdTls requiredWithClientCertificates(SSLContext context) {
    return new NbdTls(Optional.of(context), true, true);
  }
}
