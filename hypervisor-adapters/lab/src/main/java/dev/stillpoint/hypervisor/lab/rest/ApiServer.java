package dev.stillpoint.hypervisor.lab.rest;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.stillpoint.hypervisor.lab.model.LabFaults;
import dev.stillpoint.hypervisor.lab.model.World;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything below /ovirt-engine on the engine's port. Safe for use by many threads. */
public final class ApiServer implements HttpHandler {
  private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);
  private static final String HTML = "text/html;charset=UTF-8";

  private final World world;
  private final Sessions sessions;
  private final LoginPages login;
  private final Dispatcher dispatcher;
  private final Setup setup;

  /**
   * What the server is given.
   *
   * @param scheme http or https
   * @param imageUrl where tickets are served
   * @param caPem the certificate that clients shall trust, if there is one
   * @param timer sends the answers that come late
   */
  public record Setup(
      String scheme,
      Supplier<String> imageUrl,
      Optional<String> caPem,
      InstantSource clock,
      Supplier<UUID> idSource,
      ScheduledExecutorService timer) {}

  public ApiServer(World world, Sessions sessions, Engine engine, Setup setup) {
    this.world = world;
    this.sessions = sessions;
    this.setup = setup;
    this.login = new LoginPages(sessions, setup.clock(), world.times(), setup.caPem());
    this.dispatcher = new Dispatcher(world, Resources.all(world, engine, sessions, setup));
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    HttpCall call = HttpCall.read(exchange, setup.scheme());
    if (world.faults().strikes(LabFaults.Switch.API_SILENT)) {
      // Never answered: the exchange stays open until the client or the lab goes away.
      return;
    }
    if (world.faults().strikes(LabFaults.Switch.API_503)) {
      serviceUnavailable().send(exchange);
      return;
    }
    Optional<LoginPages.Timed> page = login.answer(call);
    if (page.isPresent()) {
      send(exchange, page.get());
    } else if (call.path().equals(Hrefs.API) || call.path().startsWith(Hrefs.API + "/")) {
      api(call)
          .with("Correlation-Id", call.header("Correlation-Id").orElseGet(this::newId))
          .send(exchange);
    } else {
      HttpReply.of(404, HTML, "<html><body>Not Found</body></html>").send(exchange);
    }
  }

  private String newId() {
    return setup.idSource().get().toString();
  }

  private static HttpReply serviceUnavailable() {
    return HttpReply.of(
        503,
        "text/html; charset=iso-8859-1",
        "<!DOCTYPE HTML PUBLIC \"-//IETF//DTD HTML 2.0//EN\">\n<html><head>\n"
            + "<title>503 Service Unavailable</title>\n</head><body>\n"
            + "<h1>Service Unavailable</h1>\n<p>The server is temporarily unable to service your\n"
            + "request due to maintenance downtime or capacity\nproblems. Please try again"
            + " later.</p>\n</body></html>\n");
  }

  @SuppressWarnings("FutureReturnValueIgnored") // The task reports its own failure.
  private void send(HttpExchange exchange, LoginPages.Timed page) throws IOException {
    if (page.delay().isZero()) {
      page.reply().send(exchange);
      return;
    }
    setup
        .timer()
        .schedule(
            () -> sendLate(exchange, page.reply()), page.delay().toMillis(), TimeUnit.MILLISECONDS);
  }

  private static void sendLate(HttpExchange exchange, HttpReply reply) {
    try {
      reply.send(exchange);
    } catch (IOException e) {
      LOG.debug("the client did not wait for its answer", e);
    }
  }

  private HttpReply api(HttpCall call) {
    Optional<String> authorization = call.header("Authorization");
    if (authorization.isEmpty()) {
      return unauthorized("Unauthorized");
    }
    if (authorization.get().startsWith("Basic ")) {
      return basic(authorization.get())
          .map(account -> dispatcher.answer(call, account))
          .orElseGet(() -> unauthorized("access_denied: Cannot authenticate user."));
    }
    String token = authorization.get().replaceFirst("^Bearer ", "");
    if (world.faults().strikes(LabFaults.Switch.TOKEN_EXPIRED)) {
      sessions.logout(token);
    }
    return sessions
        .byToken(token)
        .filter(account -> world.locked(() -> world.organisation().mayEnter(account.id())))
        .map(account -> dispatcher.answer(call, account))
        .orElseGet(
            () ->
                unauthorized(
                    "invalid_grant: The provided authorization grant for the auth code has"
                        + " expired."));
  }

  private Optional<Account> basic(String authorization) {
    String pair;
    try {
      byte[] decoded = Base64.getDecoder().decode(authorization.substring("Basic ".length()));
      pair = new String(decoded, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    int colon = pair.indexOf(':');
    return colon < 0
        ? Optional.empty()
        : sessions.check(pair.substring(0, colon), pair.substring(colon + 1));
  }

  private static HttpReply unauthorized(String why) {
    return HttpReply.of(
            401, HTML, "<html><head><title>Error</title></head><body>" + why + "</body></html>")
        .with("WWW-Authenticate", "Basic realm=\"RESTAPI\"");
  }
}
