package dev.stillpoint.commandline;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stillpoint.model.Waiter;
import dev.stillpoint.terminal.Surroundings;
import dev.stillpoint.terminal.Surroundings.Interruption.Watch;
import dev.stillpoint.terminal.TerminalLogging;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** The program {@code stillpoint}. */
public final class Stillpoint {

  private static final int USUAL_COLUMNS = 80;

  private Stillpoint() {}

  /** Does what the arguments say, and ends the program with its exit code. */
  public static void main(String[] arguments) {
    TerminalLogging.select();
    System.exit(new CommandTree(surroundings()).execute(arguments));
  }

  private static Surroundings surroundings() {
    Map<String, String> environment = System.getenv();
    return new Surroundings(
        environment,
        Path.of("/var/lib/stillpoint/api-token"),
        writer(FileDescriptor.out),
        writer(FileDescriptor.err),
        columns(environment),
        ZoneId.systemDefault(),
        InstantSource.system(),
        System::nanoTime,
        Stillpoint::randomLong,
        Waiter.sleeping(),
        Stillpoint::askPassword,
        Stillpoint::watchInterrupt);
  }

  /** Made only when asked for: most commands never need the system's source. */
  private static long randomLong() {
    return new SecureRandom().nextLong();
  }

  /** UTF-8 whatever the locale: JSON must be, and terminals are. */
  private static PrintWriter writer(FileDescriptor descriptor) {
    return new PrintWriter(new OutputStreamWriter(new FileOutputStream(descriptor), UTF_8));
  }

  private static int columns(Map<String, String> environment) {
    if (terminal().isEmpty() || environment.getOrDefault("TERM", "dumb").equals("dumb")) {
      return 0;
    }
    String columns = environment.getOrDefault("COLUMNS", "");
    return columns.matches("[1-9][0-9]{1,3}") ? Integer.parseInt(columns) : USUAL_COLUMNS;
  }

  private static Optional<Console> terminal() {
    return Optional.ofNullable(System.console()).filter(Stillpoint::isTerminal);
  }

  /**
   * Since Java 22 there may be a console without a terminal, and a method that tells; before,
   * neither.
   */
  private static boolean isTerminal(Console console) {
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }

  private static Optional<char[]> askPassword(String question) {
    return terminal().map(console -> console.readPassword(question));
  }

  private static Watch watchInterrupt(Runnable action) {
    AtomicBoolean watching = new AtomicBoolean(true);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  if (watching.get()) {
                    action.run();
                  }
                },
                "interrupted"));
    return () -> watching.set(false);
  }
}
