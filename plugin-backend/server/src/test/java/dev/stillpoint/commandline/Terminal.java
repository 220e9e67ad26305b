package dev.stillpoint.commandline;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stillpoint.terminal.Surroundings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Somebody who types commands: what he sees, and a clock that moves only while one waits. */
final class Terminal {

  private final Map<String, String> environment = new HashMap<>();
  private final AtomicLong nanos = new AtomicLong();
  private final List<Runnable> interruptActions = new ArrayList<>();
  private final Path directory;
  private StringWriter out = new StringWriter();
  private StringWriter err = new StringWriter();
  private int columns;
  private Optional<String> password = Optional.empty();
  private Runnable whileWaiting = () -> {};

  /** With the token in a file of the directory, named by the environment. */
  Terminal(Path directory, String server) throws IOException {
    this.directory = directory;
    Path token = directory.resolve("token");
    Files.writeString(token, FakeServer.TOKEN + "\n", UTF_8);
    environment.put("STILLPOINT_SERVER", server);
    environment.put("STILLPOINT_TOKEN_FILE", token.toString());
  }

  Terminal with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  Terminal without(String variable) {
    environment.remove(variable);
    return this;
  }

  Terminal columns(int width) {
    columns = width;
    return this;
  }

  Terminal typingPassword(String typed) {
    password = Optional.of(typed);
    return this;
  }

  Terminal whileWaiting(Runnable action) {
    whileWaiting = action;
    return this;
  }

  /** Presses Ctrl-C, as far as the command has asked to be told. */
  void interrupt() {
    interruptActions.forEach(Runnable::run);
  }

  int run(String... arguments) {
    out = new StringWriter();
    err = new StringWriter();
    Surroundings around =
        new Surroundings(
            environment,
            directory.resolve("system-token"),
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            columns,
            ZoneId.of("Europe/Vienna"),
            () -> Instant.EPOCH,
            nanos::get,
            () -> 1,
            this::await,
            question -> password.map(String::toCharArray),
            action -> {
              interruptActions.add(action);
              return () -> interruptActions.remove(action);
            });
    return new CommandTree(around).execute(arguments);
  }

  private void await(Duration duration) {
    nanos.addAndGet(duration.toNanos());
    whileWaiting.run();
  }

  String out() {
    return out.toString();
  }

  String err() {
    return err.toString();
  }
}
