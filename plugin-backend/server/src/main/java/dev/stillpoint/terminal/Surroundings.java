package dev.stillpoint.terminal;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.Waiter;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * All that the command line takes from the machine it runs on.
 *
 * @param environment the environment variables
 * @param systemTokenFile where an installed server keeps its token, the last place looked at
 * @param out standard output: results only
 * @param err standard error: progress and failures
 * @param columns the width of the terminal that progress may redraw; zero when there is none
 * @param zone the zone that times are shown in
 * @param clock the time of day
 * @param nanoTicker a clock for elapsed time, in nanoseconds
 * @param random nobody can foresee it
 * @param waiter waits between two looks at a run
 * @param passwordPrompt asks a person for a password
 * @param interruption tells of Ctrl-C
 */
public record Surroundings(
    Map<String, String> environment,
    Path systemTokenFile,
    PrintWriter out,
    PrintWriter err,
    int columns,
    ZoneId zone,
    InstantSource clock,
    LongSupplier nanoTicker,
    RandomGenerator random,
    Waiter waiter,
    PasswordPrompt passwordPrompt,
    Interruption interruption) {

  public Surroundings {
    environment = Map.copyOf(environment);
    requireNonNull(systemTokenFile, "systemTokenFile");
    requireNonNull(out, "out");
    requireNonNull(err, "err");
    if (columns < 0) {
      throw new IllegalArgumentException("A terminal cannot be " + columns + " columns wide");
    }
    requireNonNull(zone, "zone");
    requireNonNull(clock, "clock");
    requireNonNull(nanoTicker, "nanoTicker");
    requireNonNull(random, "random");
    requireNonNull(waiter, "waiter");
    requireNonNull(passwordPrompt, "passwordPrompt");
    requireNonNull(interruption, "interruption");
  }

  /** An environment variable that is set to something. */
  public Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  /** Asks for a password without echo. */
  @FunctionalInterface
  public interface PasswordPrompt {
    /** The password, which the caller wipes; empty when there is no terminal to ask on. */
    Optional<char[]> ask(String question);
  }

  /** Lets somebody speak when the user interrupts the program. */
  @FunctionalInterface
  public interface Interruption {
    /** Calls {@code action} on Ctrl-C, until the watch is closed. */
    Watch onInterrupt(Runnable action);

    /** Ends the watching. */
    interface Watch extends AutoCloseable {
      @Override
      void close();
    }
  }
}
