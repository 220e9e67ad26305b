package dev.stillpoint.hypervisor.lab.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Starts the lab and the server, and stops them in reverse. Closing twice is fine. */
final class Programs implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

  private final WorkDirectory work;
  private final Deque<Child> children = new ArrayDeque<>();
  private final CountDownLatch interrupted = new CountDownLatch(1);
  private final int serverPort = freePort();

  Programs(WorkDirectory work) {
    this.work = work;
  }

  /**
   * Starts the lab and waits until it serves; calls for the server below the console's path are
   * passed on, as the web server before an engine does.
   */
  LabClient startLab(Path distribution, String fleet) {
    Path ready = work.path().resolve("lab-ready.json");
    try {
      Files.deleteIfExists(ready);
      Child lab =
          start(
              "lab",
              List.of(
                  distribution.resolve("bin/stillpoint-lab").toString(),
                  "--port",
                  "0",
                  "--dir",
                  work.path().resolve("lab").toString(),
                  "--times",
                  "demo",
                  "--fleet",
                  fleet,
                  "--proxy",
                  "/ovirt-engine-stillpoint/=" + serverUrl() + "/",
                  "--ready-file",
                  ready.toString()));
      await(lab, () -> Files.exists(ready));
      return new LabClient(new ObjectMapper().readTree(ready.toFile()));
    } catch (IOException e) {
      throw new DemoFailure("Cannot read what the lab wrote into " + ready, e);
    }
  }

  /** Starts a server that knows nothing yet, and waits until it serves. */
  StillpointCommand startServer(Path distribution) {
    Path data = work.empty("server");
    Path configuration =
        work.write(
            "stillpoint.conf",
            """
            http.port = %d
            data.directory = server
            repository.reserve = 6GiB
            hypervisor.poll-interval = 500ms
            """
                .formatted(serverPort));
    Child server =
        start(
            "server",
            List.of(
                distribution.resolve("bin/stillpoint-server").toString(),
                "--config",
                configuration.toString()));
    StillpointCommand stillpoint =
        new StillpointCommand(
            distribution.resolve("bin/stillpoint"),
            serverUrl(),
            data.resolve("api-token"),
            work.path());
    await(server, stillpoint::serverAnswers);
    return stillpoint;
  }

  private String serverUrl() {
    return "http://127.0.0.1:" + serverPort;
  }

  /** Puts the console into the portal that the lab plays, as it is put into an engine's. */
  void installPlugin(Path distribution, String site) {
    Child installer =
        start(
            "installer of the plug-in",
            List.of(
                distribution.resolve("bin/stillpoint-ovirt-plugin").toString(),
                "--root",
                work.path().resolve("lab/portal").toString(),
                "--site",
                site));
    installer.mustEndWell(PATIENCE);
    synchronized (children) {
      children.remove(installer);
    }
  }

  /** A file that holds a secret for as long as the demo's folder is kept; the lab's is public. */
  Path secret(String text) {
    return work.write("lab-password", text);
  }

  /** Refuses to go on when one of them has ended. */
  void mustLive() {
    snapshot().forEach(Child::mustLive);
  }

  /** Rests a moment while all of them live. */
  void rest() {
    mustLive();
    pause();
  }

  /** Stops all because the user wants to: what fails from now on is no failure. */
  void interrupt() {
    interrupted.countDown();
    close();
  }

  /**
   * Whether the user wants to stop. Ctrl-C reaches the programs and the demo in no order, so that
   * this gives the news a moment to arrive.
   */
  boolean wereInterrupted() {
    try {
      return interrupted.await(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** Those that were started, the newest first. */
  List<Child> snapshot() {
    synchronized (children) {
      return List.copyOf(children);
    }
  }

  private Child start(String name, List<String> command) {
    Child child = Child.start(name, work.path().resolve(name + ".log"), command);
    synchronized (children) {
      children.push(child);
    }
    return child;
  }

  private static void await(Child child, BooleanSupplier ready) {
    long start = System.nanoTime();
    while (!ready.getAsBoolean()) {
      child.mustLive();
      if (System.nanoTime() - start > PATIENCE.toNanos()) {
        throw new DemoFailure(
            "The " + child.name() + " is not ready after " + PATIENCE.toMinutes() + " minutes");
      }
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(BETWEEN_LOOKS.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DemoFailure("Interrupted while waiting for a program", e);
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new DemoFailure("There is no free port on the loopback", e);
    }
  }

  @Override
  public void close() {
    snapshot().forEach(Child::close);
  }
}
