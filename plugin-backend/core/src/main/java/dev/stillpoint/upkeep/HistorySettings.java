package dev.stillpoint.upkeep;

import static java.util.Objects.requireNonNull;

import java.time.Period;
import java.util.Optional;

/**
 * How long it is remembered what was done.
 *
 * @param runs empty: for ever
 * @param audit empty: for ever
 */
public record HistorySettings(Optional<Period> runs, Optional<Period> audit) {

  public HistorySettings {
    requireNonNull(runs, "runs");
    requireNonNull(audit, "audit");
  }

  /** A year, and some weeks to look back at it. */
  public static HistorySettings standard() {
    return new HistorySettings(Optional.of(Period.ofDays(400)), Optional.of(Period.ofDays(400)));
  }
}
