package dev.stillpoint.hypervisor.ovirt.imageio;

import dev.stillpoint.hypervisor.SiteTimeouts;
import dev.stillpoint.hypervisor.ovirt.http.Peer;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.apache.http.HttpEntity;
import org.apache.http.HttpEntityEnclosingRequest;
import org.apache.http.HttpStatus;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpRequestBase;
import org.apache.http.config.RegistryBuilder;
import org.apache.http.config.SocketConfig;
import org.apache.http.conn.socket.ConnectionSocketFactory;
import org.apache.http.conn.socket.PlainConnectionSocketFactory;
import org.apache.http.conn.ssl.SSLConnectionSocketFactory;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.apache.http.impl.conn.PoolingHttpClientConnectionManager;
import org.apache.http.util.EntityUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bounded HTTP client of one ticket. Thread-safe. */
final class ImageioHttp implements AutoCloseable {

  /** What is done with a good answer. */
  @FunctionalInterface
  interface Use<T> {
    T of(CloseableHttpResponse response) throws IOException;
  }

  /** imageio sends a message with every error; nobody needs more of it. */
  private static final int LONGEST_REASON = 200;

  private static final int ATTEMPTS = 4;
  private static final Logger LOG = LoggerFactory.getLogger(ImageioHttp.class);

  private final Peer peer;
  private final PoolingHttpClientConnectionManager pool;
  private final RequestConfig usual;
  private final CloseableHttpClient http;

  ImageioHttp(Peer peer, SSLContext trust, SiteTimeouts timeouts, int connections) {
    this.peer = peer;
    this.pool =
        new PoolingHttpClientConnectionManager(
            RegistryBuilder.<ConnectionSocketFactory>create()
                .register("http", PlainConnectionSocketFactory.getSocketFactory())
                .register("https", new SSLConnectionSocketFactory(trust))
                .build());
    limitConnections(connections);
    pool.setDefaultSocketConfig(
        SocketConfig.custom().setTcpNoDelay(true).setSoKeepAlive(true).build());
    int answer = Math.toIntExact(timeouts.answer().toMillis());
    this.usual =
        RequestConfig.custom()
            .setConnectTimeout(Math.toIntExact(timeouts.connect().toMillis()))
            .setConnectionRequestTimeout(answer)
            .setSocketTimeout(answer)
            .build();
    this.http =
        HttpClients.custom()
            .setConnectionManager(pool)
            .setDefaultRequestConfig(usual)
            .disableAutomaticRetries()
            .disableContentCompression()
            .disableCookieManagement()
            .disableRedirectHandling()
            .disableAuthCaching()
            .build();
  }

  /** For one request whose answer takes its time. */
  RequestConfig waiting(Duration patience) {
    int millis = (int) Math.min(Integer.MAX_VALUE, patience.toMillis());
    return RequestConfig.copy(usual).setSocketTimeout(millis).build();
  }

  /** From now on at most so many at a time, whatever they are used for. */
  void limitConnections(int most) {
    pool.setMaxTotal(most);
    pool.setDefaultMaxPerRoute(most);
  }

  /**
   * One request, one answer.
   *
   * @param alsoGood statuses besides 2xx that {@code use} wants to see
   */
  <T> T call(String doing, HttpRequestBase request, Use<T> use, int... alsoGood) {
    try {
      return once(doing, request, use, alsoGood);
    } catch (IOException e) {
      throw peer.unavailable(doing, e);
    }
  }

  /**
   * As {@link #call}, but repeats what broke off, and reads that met a server error. Silence is
   * not: the time-out is the caller's patience.
   */
  <T> T repeat(String doing, HttpRequestBase request, Use<T> use) {
    for (int attempt = 1; ; attempt++) {
      try {
        return once(doing, request, use);
      } catch (InterruptedIOException | SSLException e) {
        throw peer.unavailable(doing, e);
      } catch (IOException e) {
        if (attempt == ATTEMPTS) {
          throw peer.unavailable(doing, e);
        }
        LOG.debug("{}: attempt {} broke off: {}", doing, attempt, e.getMessage());
        request.reset();
      }
    }
  }

  private <T> T once(String doing, HttpRequestBase request, Use<T> use, int... alsoGood)
      throws IOException {
    try (CloseableHttpResponse response = http.execute(request)) {
      int status = response.getStatusLine().getStatusCode();
      boolean good = status / 100 == 2 || Arrays.stream(alsoGood).anyMatch(s -> s == status);
      if (!good) {
        HttpEntity body = response.getEntity();
        String reason = body == null ? "" : EntityUtils.toString(body);
        if (status >= HttpStatus.SC_INTERNAL_SERVER_ERROR && !changes(request)) {
          throw new IOException("imageio answered " + status);
        }
        throw refused(doing, status, reason);
      }
      T result = use.of(response);
      EntityUtils.consume(response.getEntity());
      return result;
    }
  }

  /**
   * After a server error, what was written since the last flush may be lost: no use in going on.
   */
  private static boolean changes(HttpRequestBase request) {
    return request instanceof HttpEntityEnclosingRequest;
  }

  private StillpointException refused(String doing, int status, String reason) {
    if (status == HttpStatus.SC_FORBIDDEN) {
      return new TransferEndedException(doing);
    }
    String brief = reason.strip();
    return new StillpointException(
        ErrorKind.HYPERVISOR_REFUSED,
        doing
            + " failed: "
            + peer.name()
            + " answers "
            + status
            + " "
            + brief.substring(0, Math.min(brief.length(), LONGEST_REASON)),
        "Look into the log of ovirt-imageio on the host");
  }

  @Override
  public void close() {
    try {
      http.close();
    } catch (IOException e) {
      LOG.debug("closing the connections to {}: {}", peer.name(), e.getMessage());
    }
  }
}
