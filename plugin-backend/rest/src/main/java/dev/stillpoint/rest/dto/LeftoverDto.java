package dev.stillpoint.rest.dto;

import dev.stillpoint.hypervisor.OutsideEffect;
import dev.stillpoint.job.JournalEntry;
import dev.stillpoint.rest.openapi.Words;
import java.time.Instant;
import java.util.Locale;

/** Something of ours that is, or may be, on a manager. */
public record LeftoverDto(
    String run,
    String site,
    @Words(of = OutsideEffect.Kind.class) String kind,
    String reference,
    Instant since) {

  public static LeftoverDto of(JournalEntry entry) {
    return new LeftoverDto(
        entry.run().value(),
        entry.site().value(),
        entry.effect().kind().name().toLowerCase(Locale.ROOT),
        entry.effect().reference(),
        entry.since());
  }
}
