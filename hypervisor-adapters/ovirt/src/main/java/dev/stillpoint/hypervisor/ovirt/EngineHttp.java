package dev.stillpoint.hypervisor.ovirt;

import dev.stillpoint.hypervisor.Password;
import dev.stillpoint.hypervisor.SiteTimeouts;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.apache.http.Header;
import org.apache.http.HttpEntity;
import org.apache.http.HttpHeaders;
import org.apache.http.HttpResponse;
import org.apache.http.HttpStatus;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpUriRequest;
import org.apache.http.entity.BufferedHttpEntity;
import org.apache.http.entity.ContentType;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.ovirt.engine.sdk4.HttpClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP side of the SDK's connection.
 *
 * <p>The SDK's own client has no time-outs but one, allows two connections and loses one of them at
 * every answer that is not XML. This one bounds everything, buffers every answer so that its
 * connection goes back to the pool, and logs in again once when the token has died.
 */
final class EngineHttp implements HttpClient {

  private static final Logger LOG = LoggerFactory.getLogger(EngineHttp.class);
  private static final int CONNECTIONS = 16;

  /** Nothing else may stand in a header as a token (RFC 6750). */
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/=-]{1,8192}");

  private static final Duration LONGEST_LOGOUT = Duration.ofSeconds(5);

  private final CloseableHttpClient http;
  private final SingleSignOn signOn;
  private final Password password;
  private final OvirtErrors errors;
  private final SiteTimeouts timeouts;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Object login = new Object();
  private volatile String token = "";

  /** Whether an API has ever spoken here. */
  private volatile boolean known;

  /**
   * @param base the engine's web root
   * @param password owned from here on
   */
  EngineHttp(
      String base,
      String username,
      Password password,
      SSLContext trust,
      SiteTimeouts timeouts,
      OvirtErrors errors) {
    this.http =
        HttpClients.custom()
            .setSSLContext(trust)
            .setDefaultRequestConfig(config(timeouts.connect(), timeouts.answer()))
            .setMaxConnPerRoute(CONNECTIONS)
            .setMaxConnTotal(CONNECTIONS)
            .disableCookieManagement()
            .disableRedirectHandling()
            .disableAuthCaching()
            .build();
    this.signOn = new SingleSignOn(http, base, username, errors);
    this.password = password;
    this.timeouts = timeouts;
    this.errors = errors;
  }

  void login() throws IOException {
    token = signOn.login(password);
  }

  /** Signs somebody else in. */
  SingleSignOn.Grant loginAs(String user, Password secret) throws IOException {
    return signOn.login(user, secret);
  }

  /** Ends a token that {@link #loginAs} gave. */
  void logout(Password other) throws IOException {
    signOn.logout(other.use(String::new), config(timeouts.connect(), timeouts.answer()));
  }

  @Override
  public HttpResponse execute(HttpUriRequest request) throws IOException {
    String used = token;
    HttpResponse response = send(request, used);
    if (isUnauthorized(response)) {
      response = send(request, tokenAfter(used));
      if (isUnauthorized(response)) {
        throw errors.tokenRefused();
      }
    }
    requireApi(response);
    return response;
  }

  /** Asks as somebody else, once. */
  HttpResponse executeAs(HttpUriRequest request, Password other) throws IOException {
    String bearer = other.use(String::new);
    if (!TOKEN.matcher(bearer).matches()) {
      throw errors.callerUnknown();
    }
    HttpResponse response = send(request, bearer);
    if (isUnauthorized(response)) {
      throw errors.callerUnknown();
    }
    requireApi(response);
    return response;
  }

  private HttpResponse send(HttpUriRequest request, String bearer) throws IOException {
    request.setHeader(HttpHeaders.AUTHORIZATION, "Bearer " + bearer);
    try (CloseableHttpResponse response = http.execute(request)) {
      HttpEntity entity = response.getEntity();
      if (entity != null) {
        response.setEntity(new BufferedHttpEntity(entity));
      }
      return response;
    }
  }

  /** Logs in again, unless another thread has done so since that token was used. */
  private String tokenAfter(String dead) throws IOException {
    synchronized (login) {
      if (token.equals(dead)) {
        login();
      }
      return token;
    }
  }

  /**
   * Errors come as XML or empty; anything else was not written by the engine's API. But once that
   * has spoken, a refusal in another form is the engine's too: it says so of a request that it
   * cannot read, in plain text.
   */
  private void requireApi(HttpResponse response) throws IOException {
    String type =
        Optional.ofNullable(response.getFirstHeader(HttpHeaders.CONTENT_TYPE))
            .map(Header::getValue)
            .orElse("");
    int status = response.getStatusLine().getStatusCode();
    boolean empty = response.getEntity() == null || response.getEntity().getContentLength() == 0;
    if (empty || type.contains("xml")) {
      known |= type.contains("xml");
      return;
    }
    if (!known || status / 100 != 4) {
      throw errors.notTheApi(status, type);
    }
    if (status == HttpStatus.SC_NOT_FOUND) {
      // Not that the thing is gone: of that the engine says nothing at all.
      throw errors.callUnknown(type);
    }
    response.setEntity(ForeignFault.of(type, response.getEntity()));
    response.setHeader(HttpHeaders.CONTENT_TYPE, ContentType.APPLICATION_XML.toString());
  }

  /** Logs out if the engine answers soon. Never throws. */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    try (CloseableHttpClient ending = http;
        Password secret = password) {
      Duration patience =
          timeouts.answer().compareTo(LONGEST_LOGOUT) < 0 ? timeouts.answer() : LONGEST_LOGOUT;
      if (!token.isEmpty()) {
        signOn.logout(token, config(patience, patience));
      }
      LOG.debug("logged out, wiping {} and ending {}", secret, ending.getClass().getSimpleName());
    } catch (IOException e) {
      LOG.info("engine did not answer the log-out; the token dies by itself: {}", e.getMessage());
    }
  }

  private static boolean isUnauthorized(HttpResponse response) {
    return response.getStatusLine().getStatusCode() == HttpStatus.SC_UNAUTHORIZED;
  }

  private static RequestConfig config(Duration connect, Duration answer) {
    return RequestConfig.custom()
        .setConnectTimeout(Math.toIntExact(connect.toMillis()))
        .setConnectionRequestTimeout(Math.toIntExact(answer.toMillis()))
        .setSocketTimeout(Math.toIntExact(answer.toMillis()))
        .build();
  }
}
