package dev.stillpoint.hypervisor.lab.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.hypervisor.lab.model.LabFaults;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The network before the daemon, when it breaks. */
final class FaultRelayTest {
  /** A closed socket takes one more connection about once in a hundred times. */
  private static final int ROUNDS = 3_000;

  private final AtomicLong arrived = new AtomicLong();
  private ServerSocket target;

  @BeforeEach
  void listen() throws IOException {
    target = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    inBackground(this::take);
  }

  @AfterEach
  void end() throws IOException {
    target.close();
  }

  private static void inBackground(Runnable work) {
    Thread thread = new Thread(work, "relay-test");
    thread.setDaemon(true);
    thread.start();
  }

  private void take() {
    while (!target.isClosed()) {
      try {
        Socket one = target.accept();
        inBackground(() -> count(one));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void count(Socket from) {
    try (from) {
      while (from.getInputStream().read() >= 0) {
        arrived.incrementAndGet();
      }
    } catch (IOException e) {
      // A connection that breaks has brought what it has brought.
    }
  }

  @Test
  void nothingThatIsSentAfterTheNetworkBrokeArrives() throws IOException {
    for (int round = 0; round < ROUNDS; round++) {
      FaultRelay relay = new FaultRelay(new LabFaults(), () -> {}, 0, target.getLocalPort());
      relay.close();
      send(relay.port());
    }
    assertThat(arrived).hasValue(0);
  }

  private static void send(int port) {
    try (Socket late = new Socket(InetAddress.getLoopbackAddress(), port)) {
      late.getOutputStream().write(1);
      late.getInputStream().read();
    } catch (IOException e) {
      // Refused or broken: as it should be.
    }
  }
}
