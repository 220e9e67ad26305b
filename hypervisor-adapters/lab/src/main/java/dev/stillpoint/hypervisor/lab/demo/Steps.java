package dev.stillpoint.hypervisor.lab.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;

/** Tells people what the demo is doing, and remembers it for the moment it fails. */
final class Steps {

  private final PrintStream out;
  private final InstantSource clock;
  private final Instant start;
  private String current = "Getting ready";

  Steps(PrintStream out, InstantSource clock) {
    this.out = out;
    this.clock = clock;
    this.start = clock.instant();
  }

  void begin(String step) {
    current = step;
    out.printf(Locale.ROOT, "[%4d s] %s%n", elapsed().toSeconds(), step);
    out.flush();
  }

  void done(String result) {
    out.printf(Locale.ROOT, "         %s%n", result);
    out.flush();
  }

  String current() {
    return current;
  }

  Duration elapsed() {
    return Duration.between(start, clock.instant());
  }
}
