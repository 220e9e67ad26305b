package dev.stillpoint.hypervisor.lab.qemu;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A running ovirt-imageio daemon, set up as on a host. */
final class ImageioDaemon {
  private static final int CONFLICT = 409;
  private static final int NOT_FOUND = 404;
  private static final Pattern LISTENING =
      Pattern.compile("remote\\.service listening on \\('[^']*', (\\d+)\\)");
  private static final Pattern CONTROLLED = Pattern.compile("control\\.service listening on ");
  // A ticket that is in use is not waited for: the engine asks again.
  private static final String CONFIGURATION =
      """
      [daemon]
      systemd_enable = false
      drop_privileges = false
      poll_interval = 0.1
      run_dir = %1$s
      [tls]
      %2$s
      [remote]
      host = 127.0.0.1
      port = 0
      [local]
      enable = false
      [control]
      transport = unix
      socket = %1$s/control
      remove_timeout = 1
      [handlers]
      keys = stderr
      [logger_root]
      level = INFO
      handlers = stderr
      """;

  private final Process process;
  private final int port;
  private final ControlSocket control;
  private final ObjectMapper json = new ObjectMapper();

  private ImageioDaemon(Process process, int port, ControlSocket control) {
    this.process = process;
    this.port = port;
    this.control = control;
  }

  /**
   * Starts one; it serves when this returns.
   *
   * @param directory for its settings, its log and its socket; its path must be short
   * @param tls its settings for TLS
   * @throws IOException when it does not start, with what it said
   */
  static ImageioDaemon start(Path program, Path directory, String tls) throws IOException {
    Path settings = Files.createDirectories(directory.resolve("conf/conf.d"));
    Files.deleteIfExists(directory.resolve("control"));
    Files.writeString(settings.resolve("lab.conf"), CONFIGURATION.formatted(directory, tls));
    Path log = directory.resolve("daemon.log");
    Files.deleteIfExists(log);
    Process process =
        Programs.start(
            log, List.of(program.toString(), "-c", directory.resolve("conf").toString()));
    Programs.await(process, log, () -> isReady(log));
    Matcher told = LISTENING.matcher(Programs.text(log));
    if (!told.find()) {
      throw new IOException("the daemon does not say where it listens");
    }
    return new ImageioDaemon(
        process, Integer.parseInt(told.group(1)), new ControlSocket(directory.resolve("control")));
  }

  private static boolean isReady(Path log) {
    try {
      String said = Programs.text(log);
      return LISTENING.matcher(said).find() && CONTROLLED.matcher(said).find();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return port;
  }

  void add(String id, JsonNode ticket) throws IOException {
    ControlSocket.Reply reply = control.send("PUT", "/tickets/" + id, ticket.toString());
    if (reply.status() != 200) {
      throw new IOException("the daemon refuses a ticket: " + reply.body());
    }
  }

  /** What the daemon tells of a ticket; empty when it does not know it or cannot be asked. */
  Optional<JsonNode> info(String id) {
    try {
      ControlSocket.Reply reply = control.send("GET", "/tickets/" + id, "");
      return reply.status() == 200 ? Optional.of(json.readTree(reply.body())) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Removes a ticket, unless it is in use; whether it is gone. */
  boolean remove(String id) {
    try {
      int status = control.send("DELETE", "/tickets/" + id, "").status();
      return status != CONFLICT && (status / 100 == 2 || status == NOT_FOUND);
    } catch (IOException e) {
      return false;
    }
  }

  /** Ends it as a crash does. */
  void kill() {
    Programs.kill(process);
  }
}
