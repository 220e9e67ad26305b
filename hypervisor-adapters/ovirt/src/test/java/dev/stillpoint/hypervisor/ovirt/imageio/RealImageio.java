package dev.stillpoint.hypervisor.ovirt.imageio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A real ovirt-imageio daemon, set up as on a host but on free ports, and a folder for images.
 * Closing it ends every process and removes the folder.
 */
final class RealImageio implements AutoCloseable {

  private static final String VARIABLE = "STILLPOINT_IMAGEIO";
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final String CONFIGURATION =
      """
      [daemon]
      systemd_enable = false
      drop_privileges = false
      poll_interval = 0.1
      run_dir = RUN_DIR
      [tls]
      TLS
      [remote]
      host = 127.0.0.1
      port = 0
      [local]
      enable = false
      [control]
      transport = tcp
      prefer_ipv4 = true
      port = 0
      [handlers]
      keys = stderr
      [logger_root]
      level = INFO
      handlers = stderr
      """;

  private final String scheme;
  private final Path folder;
  private final List<Process> started = new ArrayList<>();
  private final HttpClient control = HttpClient.newHttpClient();
  private final Process daemon;
  private final int port;
  private final int controlPort;

  private RealImageio(String program, String scheme, String tls) throws IOException {
    this.scheme = scheme;
    // A short name: the path of a socket must not be longer than 107 bytes.
    folder = Files.createTempDirectory("im");
    boolean ready = false;
    try {
      Files.createDirectories(folder.resolve("conf/conf.d"));
      Files.writeString(
          folder.resolve("conf/conf.d/test.conf"),
          CONFIGURATION.replace("RUN_DIR", folder.toString()).replace("TLS", tls));
      daemon = start("daemon.log", program, "-c", folder.resolve("conf").toString());
      controlPort = listening("control");
      port = listening("remote");
      ready = true;
    } finally {
      if (!ready) {
        close();
      }
    }
  }

  /** Starts the daemon without TLS, or skips the test where there is none. */
  static RealImageio start() throws IOException {
    return new RealImageio(program(), "http", "enable = false");
  }

  /** Starts the daemon with TLS, or skips the test where there is none. Both files are PEM. */
  static RealImageio start(Path key, Path certificate) throws IOException {
    String tls =
        String.format(
            Locale.ROOT,
            "enable = true%nkey_file = %s%ncert_file = %s%nca_file = %s",
            key,
            certificate,
            certificate);
    return new RealImageio(program(), "https", tls);
  }

  private static String program() {
    String program = System.getenv(VARIABLE);
    assumeTrue(
        program != null && !program.isEmpty(),
        VARIABLE + " is not set: start installer/verify.sh, which installs a real ovirt-imageio");
    return program;
  }

  private int listening(String service) {
    Pattern told =
        Pattern.compile(Pattern.quote(service) + "\\.service listening on \\('[^']*', (\\d+)\\)");
    Path log = folder.resolve("daemon.log");
    await(service + " service", () -> told.matcher(text(log)).find());
    Matcher matcher = told.matcher(text(log));
    assertThat(matcher.find()).isTrue();
    return Integer.parseInt(matcher.group(1));
  }

  Path path(String name) {
    return folder.resolve(name);
  }

  /** Starts a program that stays, in the folder, with a log of its own. */
  Process start(String log, String... command) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(log).toFile())
            .start();
    started.add(process);
    return process;
  }

  /** Runs a program to its good end, in the folder. */
  String run(String... command) throws IOException {
    Path log = Files.createTempFile(folder, "run", ".log");
    Process process = start(log.getFileName().toString(), command);
    assertThat(exits(process)).as(() -> String.join(" ", command) + " ends").isTrue();
    assertThat(process.exitValue())
        .as(() -> String.join(" ", command) + " says " + text(log))
        .isZero();
    return text(log);
  }

  private static boolean exits(Process process) {
    try {
      return process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Serves an image over NBD, as the host does.
   *
   * @param image what qemu-nbd is to open, with its options
   * @return the server; its socket is {@code name.sock}
   */
  Process serve(String name, String... image) throws IOException {
    List<String> command = new ArrayList<>(List.of("qemu-nbd", "-t", "-e", "8"));
    command.addAll(List.of("-k", path(name + ".sock").toString()));
    command.addAll(List.of(image));
    Process server = start(name + ".log", command.toArray(String[]::new));
    await(
        "qemu-nbd, which says " + text(path(name + ".log")),
        () -> Files.exists(path(name + ".sock")) || !server.isAlive());
    assertThat(server.isAlive()).as(() -> text(path(name + ".log"))).isTrue();
    return server;
  }

  /** Serves an image at 4 MiB/s, so slow that something can happen while it is read or written. */
  Process serveSlowly(String image) throws IOException {
    return serve(
        image,
        "--object",
        "throttle-group,id=slow,x-bps-total=4194304",
        "--image-opts",
        "driver=throttle,throttle-group=slow,file.driver=qcow2,file.file.driver=file,"
            + "file.file.filename="
            + image);
  }

  /**
   * Adds a ticket for a served image.
   *
   * @return the ticket's URL
   */
  String ticket(String name, long sizeBytes, String operation, boolean dirty) {
    String ticket =
        String.format(
            Locale.ROOT,
            "{\"uuid\": \"%s\", \"size\": %d, \"url\": \"nbd:unix:%s\", \"timeout\": 300,"
                + " \"ops\": [\"%s\"], \"dirty\": %b, \"sparse\": true, \"transfer_id\": \"%s\"}",
            name,
            sizeBytes,
            path(name + ".sock"),
            operation,
            dirty,
            name);
    control("PUT", name, ticket);
    return url(name);
  }

  String url(String name) {
    return scheme + "://127.0.0.1:" + port + "/images/" + name;
  }

  void removeTicket(String name) {
    control("DELETE", name, "");
  }

  /** What the daemon tells of a ticket. */
  String ask(String name) {
    return control("GET", name, "");
  }

  private String control(String method, String name, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + controlPort + "/tickets/" + name))
            .timeout(PATIENCE)
            .method(method, BodyPublishers.ofString(body, UTF_8))
            .build();
    try {
      var answer = control.send(request, BodyHandlers.ofString(UTF_8));
      assertThat(answer.statusCode() / 100).as(answer.body()).isEqualTo(2);
      return answer.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Waits until an operation on the ticket is under way. */
  void awaitActive(String name) {
    await("an operation on " + name, () -> ask(name).contains("\"active\": true"));
  }

  void killDaemon() {
    kill(daemon);
  }

  void freezeDaemon() throws IOException {
    freeze(daemon);
  }

  /** Ends a process at once and waits for its end. */
  static void kill(Process process) {
    process.destroyForcibly();
    assertThat(exits(process)).isTrue();
  }

  /** Stops a process without ending it: it keeps its connections and says no more. */
  void freeze(Process process) throws IOException {
    run("kill", "-STOP", Long.toString(process.pid()));
  }

  private static void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waiting for " + what).isLessThan(end);
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }

  private static String text(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    for (Process process : started) {
      kill(process);
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
