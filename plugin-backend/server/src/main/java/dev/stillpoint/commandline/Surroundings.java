package dev.stillpoint.commandline;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.Waiter;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * All that the command line takes from the machine it runs on.
 *
 * @param environment the environment variables
 * @param systemTokenFile where an installed server keeps its token, the last place looked at
 * @param out standard output: results only
 * @param err standard error: progress and failures
 * @param columns the width of the terminal that progress may redraw; zero when there is none
 * @param zone the zone that times are shown in
 * @param nanoTicker a clock for elapsed time, in nanoseconds
 * @param waiter waits between two looks at a run
 * @param passwordPrompt asks a person for a password
 * @param interruption tells of Ctrl-C
 */
record Surroundings(
    Map<String, String> environment,
    Path systemTokenFile,
    PrintWriter out,
    PrintWriter err,
    int columns,
    ZoneId zone,
    LongSupplier nanoTicker,
    Waiter waiter,
    PasswordPrompt passwordPrompt,
    Interruption interruption) {

  Surroundings {
    environment = Map.copyOf(environment);
    requireNonNull(systemTokenFile, "systemTokenFile");
    requireNonNull(out, "out");
    requireNonNull(err, "err");
    if (columns < 0) {
      throw new IllegalArgumentException("A terminal cannot be " + columns + " columns wide");
    }
    requireNonNull(zone, "zone");
    requireNonNull(nanoTicker, "nanoTicker");
    requireNonNull(waiter, "waiter");
    requireNonNull(passwordPrompt, "passwordPrompt");
    requireNonNull(interruption, "interruption");
  }

  /** An environment variable that is set to something. */
  Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  /** Asks for a password without echo. */
  @FunctionalInterface
  interface PasswordPrompt {
    /** The password, which the caller wipes; empty when there is no terminal to ask on. */
    Optional<char[]> ask(String question);
  }

  /** Lets somebody speak when the user interrupts the program. */
  @FunctionalInterface
  interface Interruption {
    /** Calls {@code action} on Ctrl-C, until the watch is closed. */
    Watch onInterrupt(Runnable action);

    /** Ends the watching. */
    interface Watch extends AutoCloseable {
      @Override
      void close();
    }
  }
}
