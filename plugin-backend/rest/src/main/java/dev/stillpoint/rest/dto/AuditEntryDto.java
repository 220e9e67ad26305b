package dev.stillpoint.rest.dto;

import dev.stillpoint.audit.AuditEntry;
import dev.stillpoint.rest.openapi.Words;
import java.time.Instant;
import java.util.Locale;

/** Something that was done, or tried. */
public record AuditEntryDto(
    Instant time,
    String actor,
    String action,
    String subject,
    @Words(of = AuditEntry.Result.class) String result,
    String detail) {

  public static AuditEntryDto of(AuditEntry entry) {
    return new AuditEntryDto(
        entry.time(),
        entry.actor(),
        entry.action(),
        entry.subject(),
        entry.result().name().toLowerCase(Locale.ROOT),
        entry.detail());
  }
}
