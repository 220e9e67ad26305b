package dev.stillpoint.job;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.hypervisor.OutsideEffect;
import dev.stillpoint.model.RunId;
import dev.stillpoint.model.SiteId;
import java.time.Instant;

/** Something of ours that is, or may be, on a manager. */
public record JournalEntry(RunId run, SiteId site, OutsideEffect effect, Instant since) {

  public JournalEntry {
    requireNonNull(run, "run");
    requireNonNull(site, "site");
    requireNonNull(effect, "effect");
    requireNonNull(since, "since");
  }
}
