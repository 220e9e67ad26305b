package dev.stillpoint.offline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stillpoint.commandline.CommandTree;
import dev.stillpoint.model.Waiter;
import dev.stillpoint.terminal.Surroundings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** Somebody at a shell who works on one repository, in a directory of the test's. */
final class Shell {

  static final Instant START = Instant.parse("2026-11-21T08:30:00Z");

  private final Path directory;
  private final AtomicLong seconds = new AtomicLong();
  private final Random random = new Random(1);
  private final List<Runnable> interruptActions = new CopyOnWriteArrayList<>();
  private int columns;
  private Runnable whenTheClockIsRead = () -> {};

  /** Looked at while a command is at work in another thread. */
  private volatile StringWriter out = new StringWriter();

  private volatile StringWriter err = new StringWriter();

  Shell(Path directory) {
    this.directory = directory;
  }

  Path path(String name) {
    return directory.resolve(name);
  }

  Path repository() {
    return path("repo");
  }

  /** As on a terminal of that width: with progress. */
  Shell columns(int width) {
    columns = width;
    return this;
  }

  /** Progress asks for the time whenever it is shown, so this happens while work is going on. */
  Shell whenTheClockIsRead(Runnable action) {
    whenTheClockIsRead = action;
    return this;
  }

  /** Presses Ctrl-C, as far as a command has asked to be told. */
  void interrupt() {
    interruptActions.forEach(Runnable::run);
  }

  boolean listensToInterrupts() {
    return !interruptActions.isEmpty();
  }

  /** Runs {@code stillpoint repository COMMAND DIR arguments…}; every command is a second later. */
  int run(String command, Object... arguments) {
    List<String> all = new ArrayList<>(List.of("repository", command, repository().toString()));
    Stream.of(arguments).map(Object::toString).forEach(all::add);
    return runAnything(all.toArray(String[]::new));
  }

  int runAnything(String... arguments) {
    out = new StringWriter();
    err = new StringWriter();
    seconds.incrementAndGet();
    Surroundings around =
        new Surroundings(
            Map.of(),
            path("no-token"),
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            columns,
            ZoneId.of("Europe/Vienna"),
            () -> START.plusSeconds(seconds.get()),
            this::nanos,
            random,
            Waiter.sleeping(),
            question -> Optional.empty(),
            action -> {
              interruptActions.add(action);
              return () -> interruptActions.remove(action);
            });
    return new CommandTree(around).execute(arguments);
  }

  private long nanos() {
    whenTheClockIsRead.run();
    return System.nanoTime();
  }

  /** Runs a command that must succeed; what it printed. */
  String ok(String command, Object... arguments) {
    assertThat(run(command, arguments)).as("%s%s", out, err).isZero();
    assertThat(err.toString()).isEmpty();
    return out();
  }

  /** Runs a command that must succeed with {@code --json}; its document. */
  JsonNode json(String command, Object... arguments) {
    String printed =
        ok(command, Stream.concat(Stream.of(arguments), Stream.of("--json")).toArray());
    assertThat(printed.lines()).hasSize(1);
    return parsed(printed);
  }

  /** Runs a command that must fail with that code, saying that; and with two lines, not a trace. */
  void refused(int code, String saying, String command, Object... arguments) {
    assertThat(run(command, arguments)).as("%s%s", out, err).isEqualTo(code);
    assertThat(err()).contains(saying);
    assertThat(err().lines()).hasSizeBetween(1, 2);
    assertThat(out()).isEmpty();
  }

  /** Imports an image of VM "web01" and gives the point's id. */
  String imported(Path image, Object... arguments) {
    Stream<Object> all = Stream.concat(Stream.of(image, "--vm", "web01"), Stream.of(arguments));
    return ok("import", all.toArray()).lines().reduce((first, last) -> last).orElseThrow();
  }

  static JsonNode parsed(String json) {
    try {
      return new ObjectMapper().readTree(json);
    } catch (JsonProcessingException e) {
      throw new AssertionError("No JSON: " + json, e);
    }
  }

  String out() {
    return out.toString();
  }

  String err() {
    return err.toString();
  }
}
