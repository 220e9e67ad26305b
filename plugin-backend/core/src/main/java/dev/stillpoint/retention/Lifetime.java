package dev.stillpoint.retention;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * How long a restore point is kept, fixed when it is made and written down with it.
 *
 * @param since the start of the slot of its run, or of the run where there is none: what retention
 *     and metering count from
 * @param expires empty: never by itself
 */
public record Lifetime(Instant since, RunKind kind, Optional<Instant> expires) {

  public Lifetime {
    requireNonNull(since, "since");
    requireNonNull(kind, "kind");
    requireNonNull(expires, "expires");
  }
}
