package dev.stillpoint.hypervisor.ovirt.imageio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What goes wrong at a real ovirt-imageio becomes an error with its kind, in time. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class RealImageioFaultsTest {

  private static final int MIB = 1 << 20;
  private static final int SIZE = 64 * MIB;
  private static final Duration ANSWER = Duration.ofSeconds(3);

  private final ExecutorService worker = Executors.newSingleThreadExecutor();
  private RealImageio imageio;
  private Process server;

  @BeforeEach
  void start() throws IOException {
    imageio = RealImageio.start();
    imageio.run("qemu-img", "create", "-q", "-f", "qcow2", "disk", Integer.toString(SIZE));
    imageio.run("qemu-io", "-f", "qcow2", "-c", "write -q -P 0x11 0 64M", "disk");
  }

  @AfterEach
  void stop() throws IOException {
    worker.shutdownNow();
    if (imageio != null) {
      imageio.close();
    }
  }

  private ImageioTicket open() throws IOException {
    server = imageio.serve("disk", "-r", "-f", "qcow2", "disk");
    return RealTickets.open(imageio.ticket("disk", SIZE, "read", false), SIZE);
  }

  private ImageioTicket openImpatiently() throws IOException {
    open().close();
    return RealTickets.open(imageio.url("disk"), SIZE, ANSWER);
  }

  private ImageioTicket openSlow() throws IOException {
    server = imageio.serveSlowly("disk");
    return RealTickets.open(imageio.ticket("disk", SIZE, "read", false), SIZE);
  }

  private static void read(ImageioTicket ticket, int offset, int length) {
    ticket.read(offset, ByteBuffer.allocate(length));
  }

  private static StillpointException failureOf(Runnable work) {
    StillpointException failure = catchThrowableOfType(StillpointException.class, work::run);
    assertThat(failure).isNotNull();
    assertThat(failure.getMessage() + failure.remedy())
        .contains("disk d1")
        .doesNotContain("/images/");
    return failure;
  }

  private void assertFails(Runnable work, ErrorKind kind) {
    assertThat(failureOf(work).kind()).isEqualTo(kind);
  }

  @Test
  void refusesATicketThatTheDaemonDoesNotKnow() {
    String url = imageio.url("nobody");
    assertFails(() -> RealTickets.open(url, SIZE).close(), ErrorKind.HYPERVISOR_REFUSED);
  }

  @Test
  void refusesToReadBehindTheEndOfTheImage() throws IOException {
    open().close();
    try (ImageioTicket ticket = RealTickets.open(imageio.url("disk"), SIZE + MIB)) {
      StillpointException failure = failureOf(() -> read(ticket, SIZE - 512, 1024));
      assertThat(failure.kind()).isEqualTo(ErrorKind.HYPERVISOR_REFUSED);
      assertThat(failure.getMessage()).contains("416");
    }
  }

  @Test
  void endsWhenTheTicketIsRemovedBetweenTwoReads() throws IOException {
    try (ImageioTicket ticket = open()) {
      read(ticket, 0, MIB);
      imageio.removeTicket("disk");
      assertFails(() -> read(ticket, MIB, MIB), ErrorKind.HYPERVISOR_REFUSED);
      assertFails(ticket::zeroExtents, ErrorKind.HYPERVISOR_REFUSED);
    }
  }

  @Test
  void endsWhenTheTicketIsRemovedDuringARead() throws Exception {
    try (ImageioTicket ticket = openSlow()) {
      Future<?> reading = worker.submit(() -> read(ticket, 0, SIZE));
      imageio.awaitActive("disk");
      imageio.removeTicket("disk");
      assertFails(() -> await(reading), ErrorKind.HYPERVISOR_REFUSED);
    }
  }

  @Test
  void endsWhenTheDaemonDiesDuringARead() throws Exception {
    try (ImageioTicket ticket = openSlow()) {
      Future<?> reading = worker.submit(() -> read(ticket, 0, SIZE));
      imageio.awaitActive("disk");
      imageio.killDaemon();
      assertFails(() -> await(reading), ErrorKind.HYPERVISOR_UNAVAILABLE);
      assertFails(() -> read(ticket, 0, 512), ErrorKind.HYPERVISOR_UNAVAILABLE);
    }
  }

  @Test
  void endsWhenTheDiskGoesFromUnderTheDaemonDuringARead() throws Exception {
    try (ImageioTicket ticket = openSlow()) {
      Future<?> reading = worker.submit(() -> read(ticket, 0, SIZE));
      imageio.awaitActive("disk");
      RealImageio.kill(server);
      assertFails(() -> await(reading), ErrorKind.HYPERVISOR_UNAVAILABLE);
    }
  }

  @Test
  void waitsNoLongerThanItsTimeOutForAStorageThatHangs() throws Exception {
    try (ImageioTicket ticket = openImpatiently()) {
      read(ticket, 0, MIB);
      imageio.freeze(server);
      long began = System.nanoTime();
      assertFails(() -> read(ticket, MIB, MIB), ErrorKind.HYPERVISOR_UNAVAILABLE);
      assertThat(Duration.ofNanos(System.nanoTime() - began))
          .isBetween(ANSWER.minusMillis(100), ANSWER.multipliedBy(3));
    }
  }

  @Test
  void waitsNoLongerThanItsTimeOutForADaemonThatHangs() throws Exception {
    try (ImageioTicket ticket = openImpatiently()) {
      imageio.freezeDaemon();
      assertFails(() -> read(ticket, 0, MIB), ErrorKind.HYPERVISOR_UNAVAILABLE);
      assertFails(
          () -> RealTickets.open(imageio.url("disk"), SIZE, ANSWER).close(),
          ErrorKind.HYPERVISOR_UNAVAILABLE);
    }
  }

  private static void await(Future<?> work) {
    try {
      work.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StillpointException failure) {
        throw failure;
      }
      throw new IllegalStateException(e);
    }
  }
}
