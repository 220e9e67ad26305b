package dev.stillpoint.hypervisor.ovirt.imageio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.stillpoint.hypervisor.SiteTimeouts;
import dev.stillpoint.hypervisor.ovirt.http.Trust;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The client against a small imageio of 4 KiB that can be told what to do. */
final class ImageioTicketTest {

  private static final int SIZE = 4096;
  private static final SiteTimeouts TIMEOUTS =
      new SiteTimeouts(
          Duration.ofSeconds(30),
          Duration.ofSeconds(30),
          Duration.ofSeconds(30),
          Duration.ofMillis(10));

  private final ExecutorService workers = Executors.newCachedThreadPool();
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  private final Set<Integer> connections = ConcurrentHashMap.newKeySet();
  private final AtomicInteger failures = new AtomicInteger();
  private volatile int maxReaders = 8;
  private volatile String extents = "";
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(workers);
    server.createContext("/images/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    workers.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
    connections.add(exchange.getRemoteAddress().getPort());
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      byte[] body = new byte[0];
      int status = 200;
      if (failures.getAndDecrement() > 0) {
        status = 500;
      } else if (exchange.getRequestMethod().equals("OPTIONS")) {
        body =
            ("{\"max_readers\": " + maxReaders + ", \"max_writers\": 8}")
                .getBytes(StandardCharsets.UTF_8);
      } else if (exchange.getRequestURI().getPath().endsWith("/extents")) {
        body = extents.getBytes(StandardCharsets.UTF_8);
      } else if (exchange.getRequestMethod().equals("GET")) {
        Thread.sleep(20);
        String[] range =
            exchange.getRequestHeaders().getFirst("Range").substring("bytes=".length()).split("-");
        body = new byte[Integer.parseInt(range[1]) - Integer.parseInt(range[0]) + 1];
        Arrays.fill(body, (byte) 7);
        status = 206;
      }
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/images/secret-ticket";
  }

  private ImageioTicket open() {
    return open(url(), "");
  }

  private static ImageioTicket open(String hostUrl, String proxyUrl) {
    return ImageioTicket.open(hostUrl, proxyUrl, "disk d1", SIZE, Trust.context(""), TIMEOUTS);
  }

  @Test
  void goesThroughTheProxyWhenTheHostCannotBeReached() throws IOException {
    String closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = "http://127.0.0.1:" + socket.getLocalPort() + "/images/secret-ticket";
    }
    for (String host : List.of(closed, "http://host.invalid:54322/images/secret-ticket")) {
      try (ImageioTicket ticket = open(host, url())) {
        ByteBuffer into = ByteBuffer.allocate(10);
        ticket.read(0, into);
        assertThat(into.hasRemaining()).isFalse();
      }
      assertThatThrownBy(() -> open(host, "").close())
          .isInstanceOfSatisfying(
              StillpointException.class,
              e -> {
                assertThat(e.kind()).isEqualTo(ErrorKind.HYPERVISOR_UNAVAILABLE);
                assertThat(e.getMessage() + e.remedy()).doesNotContain("secret-ticket");
              });
    }
  }

  @Test
  void neverOpensMoreConnectionsThanItIsAllowed() throws Exception {
    try (ImageioTicket ticket = open()) {
      assertThat(ticket.parallel()).isEqualTo(4);
      List<Future<?>> reads =
          IntStream.range(0, 40)
              .<Future<?>>mapToObj(
                  i -> workers.submit(() -> ticket.read(i, ByteBuffer.allocate(16))))
              .toList();
      for (Future<?> read : reads) {
        read.get();
      }
    }
    assertThat(connections).hasSizeBetween(2, 5);
  }

  @Test
  void readsOneByOneWhereImageioAllowsNoMore() {
    for (int allowed : new int[] {1, 2}) {
      maxReaders = allowed;
      try (ImageioTicket ticket = open()) {
        assertThat(ticket.parallel()).isEqualTo(1);
      }
    }
  }

  @Test
  void repeatsAfterAServerErrorAFewTimesOnly() {
    try (ImageioTicket ticket = open()) {
      failures.set(2);
      ByteBuffer into = ByteBuffer.allocate(10);
      ticket.read(5, into);
      assertThat(into.array()).containsOnly(7);

      failures.set(100);
      requests.clear();
      assertThatThrownBy(() -> ticket.read(5, ByteBuffer.allocate(10)))
          .isInstanceOf(StillpointException.class);
      assertThat(requests).hasSize(4);
    }
  }

  @Test
  void doesNotWriteOnAfterAServerErrorForUnflushedDataMayBeLost() {
    try (ImageioTicket ticket = open()) {
      failures.set(1);
      assertThatThrownBy(() -> ticket.write(0, ByteBuffer.allocate(16)))
          .isInstanceOfSatisfying(
              StillpointException.class,
              e -> assertThat(e.kind()).isEqualTo(ErrorKind.HYPERVISOR_REFUSED));
    }
  }

  @Test
  void fillsExactlyTheAskedPartOfABuffer() {
    try (ImageioTicket ticket = open()) {
      for (ByteBuffer buffer : List.of(ByteBuffer.allocate(32), ByteBuffer.allocateDirect(32))) {
        buffer.position(8).limit(24);
        ticket.read(100, buffer);
        assertThat(buffer.position()).isEqualTo(24);
        assertThat(buffer.get(7)).isZero();
        assertThat(buffer.get(8)).isEqualTo((byte) 7);
        assertThat(buffer.get(23)).isEqualTo((byte) 7);
      }
    }
  }

  @Test
  void refusesToReadOutsideOfTheDisk() {
    try (ImageioTicket ticket = open()) {
      assertThatThrownBy(() -> ticket.read(SIZE - 4, ByteBuffer.allocate(8)))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> ticket.read(-1, ByteBuffer.allocate(8)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void trustsNoListOfChangesThatDoesNotCoverTheDisk() {
    extents = "[{\"start\": 0, \"length\": 100, \"dirty\": false, \"zero\": false}]";
    try (ImageioTicket ticket = open()) {
      assertThat(ticket.changedExtents()).isEmpty();
      assertThatThrownBy(ticket::zeroExtents).isInstanceOf(StillpointException.class);
    }
  }

  @Test
  void trustsNoBitmapThatImageioFailsOver() {
    extents = "[{\"start\": 0, \"length\": 4096, \"hole\": false, \"zero\": false}]";
    try (ImageioTicket ticket = open()) {
      failures.set(1);
      assertThat(ticket.changedExtents()).isEmpty();
      assertThat(ticket.zeroExtents()).hasSize(1);
    }
  }

  @Test
  void usesNoMoreConnectionsThanItIsAllowedForWhateverItDoes() throws Exception {
    maxReaders = 2;
    extents = "[{\"start\": 0, \"length\": 4096, \"hole\": false, \"zero\": false}]";
    try (ImageioTicket ticket = open()) {
      List<Future<?>> work = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        work.add(workers.submit(() -> ticket.read(0, ByteBuffer.allocate(16))));
        work.add(workers.submit(ticket::zeroExtents));
      }
      for (Future<?> one : work) {
        one.get();
      }
    }
    assertThat(connections).hasSizeLessThanOrEqualTo(2);
  }

  @Test
  void writesWithoutFlushingEachTime() {
    try (ImageioTicket ticket = open()) {
      ByteBuffer data = ByteBuffer.allocate(16);
      ticket.write(0, data);
      assertThat(data.hasRemaining()).isFalse();
      ticket.flush();
    }
    assertThat(requests)
        .contains("PUT /images/secret-ticket?flush=n", "PATCH /images/secret-ticket");
  }
}
