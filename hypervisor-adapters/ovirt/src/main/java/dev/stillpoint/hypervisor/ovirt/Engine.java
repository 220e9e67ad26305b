package dev.stillpoint.hypervisor.ovirt;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stillpoint.hypervisor.Password;
import dev.stillpoint.hypervisor.SiteTimeouts;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.Waiter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.http.HttpResponse;
import org.apache.http.HttpStatus;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.util.EntityUtils;
import org.ovirt.engine.sdk4.internal.HttpConnection;
import org.ovirt.engine.sdk4.services.SystemService;
import org.w3c.dom.Element;

/** One engine: calls through the SDK or raw, errors translated, waits bounded. Thread-safe. */
final class Engine {

  private final HttpConnection connection;
  private final OvirtErrors errors;
  private final SiteTimeouts timeouts;
  private final Waiter waiter;
  private final LongSupplier nanoClock;
  private final EngineHttp http;

  /**
   * @param api without a slash at its end
   * @param nanoClock as {@link System#nanoTime}
   */
  Engine(
      EngineHttp http,
      String api,
      OvirtErrors errors,
      SiteTimeouts timeouts,
      Waiter waiter,
      LongSupplier nanoClock) {
    this.http = http;
    this.connection = new HttpConnection();
    connection.setClient(http);
    connection.setUrl(api);
    connection.setHeaders(new HashMap<>());
    // The client above puts the real token in; without one here the SDK would log in by itself.
    connection.setSsoToken("set-by-the-client");
    this.errors = errors;
    this.timeouts = timeouts;
    this.waiter = waiter;
    this.nanoClock = nanoClock;
  }

  /** The SDK's tree of services; every {@code send()} belongs inside {@link #call}. */
  SystemService system() {
    return connection.systemService();
  }

  LongSupplier nanoClock() {
    return nanoClock;
  }

  SiteTimeouts timeouts() {
    return timeouts;
  }

  /**
   * @param doing what is tried, naming the thing, as the beginning of a message
   * @throws OvirtException when the engine refuses
   */
  <T> T call(String doing, Supplier<T> work) {
    try {
      return work.get();
    } catch (org.ovirt.engine.sdk4.Error e) {
      throw errors.translate(doing, e);
    }
  }

  void run(String doing, Runnable work) {
    call(
        doing,
        () -> {
          work.run();
          return true;
        });
  }

  /** As {@link #call}; empty when the engine answers that there is no such thing. */
  <T> Optional<T> find(String doing, Supplier<T> work) {
    try {
      return Optional.of(call(doing, work));
    } catch (OvirtException e) {
      if (e.status() == HttpStatus.SC_NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** The XML at a path below the API, for what the SDK has no getter for; empty on 404. */
  Optional<Element> findXml(String doing, String path) {
    HttpResponse response =
        call(doing, () -> connection.send(new HttpGet(connection.getUrl() + path)));
    int status = response.getStatusLine().getStatusCode();
    try {
      if (status == HttpStatus.SC_NOT_FOUND) {
        return Optional.empty();
      }
      Element root = Xml.parse(EntityUtils.toByteArray(response.getEntity()));
      if (status != HttpStatus.SC_OK) {
        throw errors.refused(doing, status, Xml.text(root, "detail").orElse(""));
      }
      return Optional.of(root);
    } catch (IOException e) {
      throw unintelligible(doing, e);
    }
  }

  /** The text of an answer, unchanged; empty on 404. */
  Optional<String> findText(String doing, String path) {
    HttpResponse response =
        call(doing, () -> connection.send(new HttpGet(connection.getUrl() + path)));
    int status = response.getStatusLine().getStatusCode();
    try {
      String text = EntityUtils.toString(response.getEntity(), UTF_8);
      if (status == HttpStatus.SC_OK) {
        return Optional.of(text);
      }
      if (status == HttpStatus.SC_NOT_FOUND) {
        return Optional.empty();
      }
      throw refused(doing, new Reply(status, text));
    } catch (IOException e) {
      throw unintelligible(doing, e);
    }
  }

  /** What the engine answered to somebody else. */
  record Reply(int status, String body) {

    /**
     * @throws UncheckedIOException when it is no XML
     */
    Element document() {
      try {
        return Xml.parse(body.getBytes(UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /**
   * Asks with somebody else's token.
   *
   * @param filter what of his own he wants to be shown; empty: as the engine is set up
   * @throws StillpointException UNAUTHENTICATED when the engine does not know the token
   */
  Reply getAs(String doing, String path, Optional<Boolean> filter, Password token) {
    HttpGet request = new HttpGet(connection.getUrl() + path);
    request.setHeader("Accept", "application/xml");
    request.setHeader("Version", "4");
    filter.ifPresent(value -> request.setHeader("filter", value.toString()));
    try {
      HttpResponse response = http.executeAs(request, token);
      String body =
          response.getEntity() == null ? "" : EntityUtils.toString(response.getEntity(), UTF_8);
      return new Reply(response.getStatusLine().getStatusCode(), body);
    } catch (IOException e) {
      throw errors.translate(doing, new UncheckedIOException(e));
    }
  }

  /** Signs somebody in who is not the service account. */
  SingleSignOn.Grant signIn(String user, Password password) {
    try {
      return http.loginAs(user, password);
    } catch (IOException e) {
      throw errors.translate("Signing in as " + user, new UncheckedIOException(e));
    }
  }

  /** Ends a token that {@link #signIn} gave. */
  void signOut(Password token) {
    try {
      http.logout(token);
    } catch (IOException e) {
      throw errors.translate("Signing out", new UncheckedIOException(e));
    }
  }

  StillpointException refused(String doing, Reply reply) {
    String detail = reply.body().isBlank() ? "" : Xml.text(reply.document(), "detail").orElse("");
    return errors.refused(doing, reply.status(), detail);
  }

  private static StillpointException unintelligible(String doing, IOException e) {
    return new StillpointException(
        ErrorKind.HYPERVISOR_REFUSED,
        doing + " failed: the engine's answer could not be understood",
        "Check the engine's version and its log",
        e);
  }

  long nanoTime() {
    return nanoClock.getAsLong();
  }

  /**
   * Looks again and again until there is a result.
   *
   * @param what is waited for, naming the thing: {@code the backup of VM web01 to be ready}
   */
  <T> T await(String what, Supplier<Optional<T>> look) {
    long start = nanoClock.getAsLong();
    while (true) {
      Optional<T> result = look.get();
      if (result.isPresent()) {
        return result.get();
      }
      if (nanoClock.getAsLong() - start > timeouts.operation().toNanos()) {
        throw new StillpointException(
            ErrorKind.HYPERVISOR_REFUSED,
            "Waited " + timeouts.operation().toSeconds() + " s in vain for " + what,
            "Look into the engine's events and tasks for what holds it");
      }
      waiter.await(timeouts.poll());
    }
  }
}
