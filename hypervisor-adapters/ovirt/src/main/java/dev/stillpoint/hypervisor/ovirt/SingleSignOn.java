package dev.stillpoint.hypervisor.ovirt;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.stillpoint.hypervisor.Password;
import dev.stillpoint.model.StillpointException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.http.HttpEntity;
import org.apache.http.HttpStatus;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.entity.ByteArrayEntity;
import org.apache.http.entity.ContentType;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.util.EntityUtils;

/** Gets and revokes bearer tokens at the engine's single sign-on. */
final class SingleSignOn {

  private static final String SCOPE = "ovirt-app-api";
  private static final int LONGEST_UTF8 = 4;

  private final CloseableHttpClient http;
  private final URI tokenUrl;
  private final URI logoutUrl;
  private final String username;
  private final OvirtErrors errors;

  /**
   * @param base the engine's web root: {@code https://engine.example/ovirt-engine}
   */
  SingleSignOn(CloseableHttpClient http, String base, String username, OvirtErrors errors) {
    this.http = http;
    this.tokenUrl = URI.create(base + "/sso/oauth/token");
    this.logoutUrl = URI.create(base + "/services/sso-logout");
    this.username = username;
    this.errors = errors;
  }

  String login(Password password) throws IOException {
    return grant(username, password, errors::loginRefused).token();
  }

  /** Logs somebody else in; the service account is not concerned. */
  Grant login(String user, Password password) throws IOException {
    return grant(user, password, errors::callerRefused);
  }

  /**
   * A token.
   *
   * @param expires what the sign-on says of it; empty where that is nothing
   */
  record Grant(String token, String expires) {
    @Override
    public String toString() {
      return "Grant[***]";
    }
  }

  private Grant grant(String user, Password password, Function<String, StillpointException> refusal)
      throws IOException {
    String head =
        "grant_type=password&scope="
            + SCOPE
            + "&username="
            + URLEncoder.encode(user, UTF_8)
            + "&password=";
    byte[] body = password.use(secret -> form(head, secret));
    try (CloseableHttpResponse response = post(tokenUrl, body, RequestConfig.DEFAULT)) {
      int status = response.getStatusLine().getStatusCode();
      Map<String, String> answer = json(response.getEntity(), status);
      String token = answer.getOrDefault("access_token", "");
      if (!token.isEmpty()) {
        return new Grant(token, answer.getOrDefault("exp", ""));
      }
      String error = answer.getOrDefault("error", "");
      if (status >= HttpStatus.SC_INTERNAL_SERVER_ERROR) {
        throw errors.loginFailed(error);
      }
      if (answer.containsKey("error_code") || !error.isEmpty()) {
        throw refusal.apply(error);
      }
      throw errors.notTheApi(status, ContentType.APPLICATION_JSON.getMimeType());
    } finally {
      Arrays.fill(body, (byte) 0);
    }
  }

  void logout(String token, RequestConfig bounded) throws IOException {
    byte[] body =
        ("scope=" + SCOPE + "&token=" + URLEncoder.encode(token, UTF_8)).getBytes(ISO_8859_1);
    try (CloseableHttpResponse response = post(logoutUrl, body, bounded)) {
      EntityUtils.consumeQuietly(response.getEntity());
    }
  }

  private CloseableHttpResponse post(URI url, byte[] body, RequestConfig config)
      throws IOException {
    HttpPost request = new HttpPost(url);
    if (config != RequestConfig.DEFAULT) {
      request.setConfig(config);
    }
    request.setHeader("Accept", "application/json");
    request.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_FORM_URLENCODED));
    return http.execute(request);
  }

  private Map<String, String> json(HttpEntity entity, int status) throws IOException {
    String type = entity == null ? "" : ContentType.getLenientOrDefault(entity).getMimeType();
    if (!type.contains("json")) {
      EntityUtils.consumeQuietly(entity);
      throw errors.notTheApi(status, type);
    }
    Map<String, String> fields = new HashMap<>();
    try (JsonParser parser = new JsonFactory().createParser(EntityUtils.toByteArray(entity))) {
      while (parser.nextToken() != null) {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
          fields.putIfAbsent(String.valueOf(parser.currentName()), parser.getText());
        }
      }
    } catch (JacksonException e) {
      StillpointException odd = errors.notTheApi(status, type);
      odd.addSuppressed(e);
      throw odd;
    }
    return fields;
  }

  /** The form's body without ever making a String of the password. */
  private static byte[] form(String head, char[] secret) {
    ByteBuffer utf8 = ByteBuffer.allocate(secret.length * LONGEST_UTF8);
    UTF_8.newEncoder().encode(CharBuffer.wrap(secret), utf8, true);
    utf8.flip();
    ByteBuffer body = ByteBuffer.allocate(head.length() + utf8.remaining() * "%xx".length());
    body.put(head.getBytes(ISO_8859_1));
    while (utf8.hasRemaining()) {
      int b = utf8.get() & 0xff;
      body.put((byte) '%');
      body.put((byte) Character.forDigit(b >> 4, 16));
      body.put((byte) Character.forDigit(b & 0xf, 16));
    }
    Arrays.fill(utf8.array(), (byte) 0);
    return body.array();
  }
}
