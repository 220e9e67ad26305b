package dev.stillpoint.hypervisor.ovirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.stillpoint.hypervisor.SiteConnector;
import dev.stillpoint.hypervisor.SiteSession;
import dev.stillpoint.hypervisor.lab.model.LabFaults.Switch;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.VmId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Engines that are away, silent, or something else. */
final class EngineFaultsTest extends LabTest {

  @Test
  void isFoundByTheServiceLoader() {
    assertThat(ServiceLoader.load(SiteConnector.class))
        .extracting(SiteConnector::kind)
        .contains("ovirt");
  }

  @Test
  void namesTheAddressWhereNobodyListens() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    URI nobody = URI.create("http://127.0.0.1:" + free + "/ovirt-engine/api");

    StillpointException e =
        fails(ErrorKind.HYPERVISOR_UNAVAILABLE, () -> connect(at(nobody)).close());

    assertThat(e).hasMessageContaining("127.0.0.1:" + free);
  }

  @Test
  void namesAHostThatDoesNotExist() {
    URI nowhere = URI.create("http://engine.invalid/ovirt-engine/api");

    StillpointException e =
        fails(ErrorKind.HYPERVISOR_UNAVAILABLE, () -> connect(at(nowhere)).close());

    assertThat(e).hasMessageContaining("engine.invalid");
  }

  @Test
  void refusesAnAddressThatCannotBeOne() {
    for (String url : new String[] {"ftp://x/ovirt-engine/api", "http://x/", "https:///api"}) {
      fails(ErrorKind.BAD_REQUEST, () -> connect(at(URI.create(url))).close());
    }
  }

  @Test
  void saysThatAnOrdinaryWebServerIsNoEngine() throws IOException {
    HttpServer web =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    web.createContext(
        "/",
        exchange -> {
          byte[] page = "<html>welcome</html>".getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "text/html");
          exchange.sendResponseHeaders(200, page.length);
          exchange.getResponseBody().write(page);
          exchange.close();
        });
    web.start();
    try {
      URI url = URI.create("http://127.0.0.1:" + web.getAddress().getPort() + "/api");
      StillpointException e =
          fails(ErrorKind.HYPERVISOR_UNAVAILABLE, () -> connect(at(url)).close());
      assertThat(e).hasMessageContaining("does not look like an oVirt engine");
    } finally {
      web.stop(0);
    }
  }

  @Test
  void passesOnWhatTheEngineSaysOfARequestItCannotRead() throws IOException {
    try (LossyProxy proxy = new LossyProxy(site.engine.engineUrl());
        SiteSession behind = connect(at(proxy.apiUrl()))) {
      proxy.answer(
          "GET", "/clusters", 400, "text/plain", "Unrecognized field <\"x\"> & more\u0001");

      StillpointException e =
          fails(ErrorKind.HYPERVISOR_REFUSED, () -> behind.inventory().clusters());

      assertThat(e)
          .hasMessageContaining("Listing the clusters")
          .hasMessageContaining("Unrecognized field <\"x\"> & more");
    }
  }

  @Test
  void takesAPageThatSaysNotFoundForNoSignThatAThingIsGone() throws IOException {
    VmId vm = site.runningVm();
    try (LossyProxy proxy = new LossyProxy(site.engine.engineUrl());
        SiteSession behind = connect(at(proxy.apiUrl()))) {
      proxy.answer("GET", vm.value(), 404, "text/html", "<html>no such page</html>");
      proxy.answer("GET", "/snapshots", 400, "text/html", "<html>bad request</html>");

      StillpointException gone =
          fails(ErrorKind.HYPERVISOR_REFUSED, () -> behind.inventory().settings(vm));
      assertThat(gone).hasMessageContaining("404 with text/html");
      StillpointException bad =
          fails(ErrorKind.HYPERVISOR_REFUSED, () -> behind.inventory().snapshots(vm));
      assertThat(bad).hasMessageContaining("text/html").hasMessageNotContaining("<html>");
    }
  }

  @Test
  void survivesManyHtmlAnswersWithoutLosingConnections() {
    faults().turnOn(Switch.API_503);
    for (int i = 0; i < 40; i++) {
      StillpointException e =
          fails(ErrorKind.HYPERVISOR_UNAVAILABLE, () -> session.inventory().vms());
      assertThat(e).hasMessageContaining("503").hasMessageContaining("127.0.0.1");
    }
    faults().clear();

    assertThat(session.inventory().vms()).hasSize(5);
  }

  @Test
  void givesUpOnASilentEngineWithinItsTimeOut() {
    losePatience();
    faults().turnOnFor(Switch.API_SILENT, 2);

    StillpointException e = fails(ErrorKind.HYPERVISOR_UNAVAILABLE, () -> session.info());

    assertThat(e).hasMessageContaining("did not answer within 2 s");
    assertThat(faults().isOn(Switch.API_SILENT)).as("it was asked once only").isTrue();
  }

  @Test
  void closesSoonThoughTheEngineIsSilent() {
    faults().turnOn(Switch.API_SILENT);
    Instant before = Instant.now();

    session.close();
    session.close();

    assertThat(Duration.between(before, Instant.now()))
        .as("nobody waits for a log-out as for other answers")
        .isLessThan(PATIENT.answer());
  }

  @Test
  void logsInAgainWhenTheTokenHasDied() {
    site.engine.expireTokens();

    assertThat(session.inventory().vms()).hasSize(5);
  }

  @Test
  void logsInOnceForManyThreadsWhoseTokenDied() throws Exception {
    site.engine.expireTokens();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      var answers =
          threads.invokeAll(
              IntStream.range(0, 20)
                  .<Callable<Integer>>mapToObj(i -> () -> session.inventory().clusters().size())
                  .toList());
      for (Future<Integer> answer : answers) {
        assertThat(answer.get()).isEqualTo(1);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void saysWhoIsRefusedWhenThePasswordWasChangedMeanwhile() {
    faults().turnOn(Switch.TOKEN_EXPIRED);

    StillpointException e = fails(ErrorKind.UNAUTHENTICATED, () -> session.info());

    assertThat(e).hasMessageContaining("admin@internal");
  }

  @Test
  void logsTheTokenOutOnClosing() {
    SiteSession second = connect(site.address());
    second.close();

    assertThatThrownBy(second::info).isInstanceOf(RuntimeException.class);
    assertThat(session.info().product()).isEqualTo("oVirt Engine");
  }
}
