package dev.stillpoint.hypervisor.lab.qemu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A qemu-nbd that serves one image on a socket. */
final class NbdServer {
  /** imageio opens as many as eight; one more is the lab's own. */
  private static final int CLIENTS = 9;

  private final Path socket;
  private final Path log;
  private final Process process;

  private NbdServer(Path socket, Path log, Process process) {
    this.socket = socket;
    this.log = log;
    this.process = process;
  }

  /**
   * Starts one; it serves when this returns.
   *
   * @param place the socket's path, which also names the log
   * @param image what to serve, with its options
   * @throws IOException when qemu-nbd refuses, with what it said
   */
  static NbdServer start(Path program, Path place, List<String> image) throws IOException {
    Path log = place.resolveSibling(place.getFileName() + ".log");
    List<String> command = new ArrayList<>();
    command.addAll(List.of(program.toString(), "-t", "-A", "-e", Integer.toString(CLIENTS)));
    command.addAll(List.of("-k", place.toString()));
    command.addAll(image);
    Process process = Programs.start(log, command);
    Programs.await(process, log, () -> answers(place));
    return new NbdServer(place, log, process);
  }

  /** It makes its socket before it looks at all that it was asked for. */
  private static boolean answers(Path socket) {
    if (!Files.exists(socket)) {
      return false;
    }
    try {
      NbdClient.connect(socket).close();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  Path socket() {
    return socket;
  }

  /** Ends it after everything was written. */
  void stop() throws IOException {
    Programs.end(process);
    clean();
  }

  /** Ends it at once. */
  void kill() throws IOException {
    Programs.kill(process);
    clean();
  }

  private void clean() throws IOException {
    Files.deleteIfExists(socket);
    Files.deleteIfExists(log);
  }
}
