package dev.stillpoint.hypervisor.lab.qemu;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Runs the programs of a host. */
final class Programs {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int PAUSE_MILLIS = 5;

  private Programs() {}

  /**
   * Runs a program to its end.
   *
   * @throws IOException when it fails, with what it said
   */
  static void run(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!ends(process) || process.exitValue() != 0) {
      kill(process);
      throw new IOException(String.join(" ", command) + " failed: " + said.strip());
    }
  }

  /** Starts a program that stays, with a log of its own. */
  static Process start(Path log, List<String> command) throws IOException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
        .redirectOutput(log.toFile())
        .start();
  }

  /** Waits until a program that was started is ready. */
  static void await(Process process, Path log, BooleanSupplier ready) throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    boolean came = false;
    try {
      while (!ready.getAsBoolean()) {
        if (!process.isAlive() || System.nanoTime() > end) {
          throw new IOException(
              process.info().command().orElse("a program")
                  + " did not start: "
                  + text(log).strip());
        }
        pause();
      }
      came = true;
    } finally {
      // Also when the wait is interrupted: nobody else knows of the process.
      if (!came) {
        kill(process);
      }
    }
  }

  /** Ends a program and waits for its end; kindly, so that it writes what it still holds. */
  static void end(Process process) throws IOException {
    process.destroy();
    if (!ends(process)) {
      kill(process);
      throw new IOException("a program of the host does not end: " + process.pid());
    }
  }

  /** Ends a program as a crash does. */
  static void kill(Process process) {
    process.destroyForcibly();
    process.onExit().join();
  }

  private static boolean ends(Process process) {
    try {
      return process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  static void pause() throws IOException {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for a program", e);
    }
  }

  static String text(Path file) throws IOException {
    return Files.exists(file) ? Files.readString(file) : "";
  }
}
