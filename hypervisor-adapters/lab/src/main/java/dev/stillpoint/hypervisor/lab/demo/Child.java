package dev.stillpoint.hypervisor.lab.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program that runs beside the demo, with its output in a log file. */
final class Child implements AutoCloseable {

  private static final Duration GRACE = Duration.ofSeconds(30);

  private final String name;
  private final Path log;
  private final Process process;

  private Child(String name, Path log, Process process) {
    this.name = name;
    this.log = log;
    this.process = process;
  }

  /** Starts it; its old log is overwritten. */
  static Child start(String name, Path log, List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      return new Child(name, log, process);
    } catch (IOException e) {
      throw new DemoFailure("Cannot start " + name + ": " + e.getMessage(), e);
    }
  }

  String name() {
    return name;
  }

  /** What became of it and where its log is, for people. */
  String described() {
    String state = process.isAlive() ? "runs" : "ended with code " + process.exitValue();
    return "The " + name + " " + state + "; the end of its log " + log + ":";
  }

  /** Refuses to go on when it has ended. */
  void mustLive() {
    if (!process.isAlive()) {
      throw new DemoFailure("The " + name + " ended with code " + process.exitValue());
    }
  }

  /** Waits for its end, and refuses to go on when that is not a good one. */
  void mustEndWell(Duration patience) {
    try {
      if (!process.waitFor(patience.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new DemoFailure("The " + name + " failed; see " + log);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DemoFailure("Interrupted while waiting for the " + name, e);
    }
  }

  /** The last lines of its log. */
  List<String> lastLines(int count) {
    try (Stream<String> lines = Files.lines(log, UTF_8)) {
      List<String> all = lines.toList();
      return all.subList(Math.max(0, all.size() - count), all.size());
    } catch (IOException | UncheckedIOException e) {
      return List.of("(its log " + log + " cannot be read: " + e.getMessage() + ")");
    }
  }

  /** Asks it to stop, and makes it after half a minute. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(GRACE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
