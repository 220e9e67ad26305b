package dev.stillpoint.repository.nbd;

import static java.util.Objects.requireNonNull;

import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * How an {@link NbdServer} listens and what it spends.
 *
 * @param address to listen on; port 0 for any free one
 * @param maxConnections 1 to 1024; further ones are closed at once
 * @param requestsPerConnection how many requests of a connection are worked on at a time, 1 to 64:
 *     a thread and up to 1 MiB each
 * @param handshakeTimeout within which a client must have chosen an export
 */
public record NbdSettings(
    InetSocketAddress address,
    NbdTls tls,
    int maxConnections,
    int requestsPerConnection,
    Duration handshakeTimeout) {

  private static final int MAX_CONNECTIONS = 1024;
  private static final int MAX_REQUESTS = 64;

  public NbdSettings {
    requireNonNull(address, "address");
    requireNonNull(tls, "tls");
    requireNonNull(handshakeTimeout, "handshakeTimeout");
    if (maxConnections < 1 || maxConnections > MAX_CONNECTIONS) {
      throw new IllegalArgumentException("Not 1 to 1024 connections: " + maxConnections);
    }
    if (requestsPerConnection < 1 || requestsPerConnection > MAX_REQUESTS) {
      throw new IllegalArgumentException("Not 1 to 64 requests: " + requestsPerConnection);
    }
    if (handshakeTimeout.isNegative() || handshakeTimeout.isZero()) {
      throw new IllegalArgumentException("Not a timeout: " + handshakeTimeout);
    }
  }

  /** No TLS, 16 connections of 4 requests, 30 s: at most 64 MiB of buffers. */
  public static NbdSettings at(InetSocketAddress address) {
    return new NbdSettings(address, NbdTls.none(), 16, 4, Duration.ofSeconds(30));
  }

  public NbdSettings withTls(NbdTls changed) {
    return new NbdSettings(
        address, changed, maxConnections, requestsPerConnection, handshakeTimeout);
  }
}
