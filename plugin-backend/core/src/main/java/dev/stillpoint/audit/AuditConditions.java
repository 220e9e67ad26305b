package dev.stillpoint.audit;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * Which entries a list shows: those that meet all that is given.
 *
 * @param from the earliest time of an entry
 * @param to entries have an earlier time than this
 */
public record AuditConditions(
    Optional<String> actor,
    Optional<String> action,
    Optional<String> subject,
    Optional<AuditEntry.Result> result,
    Optional<Instant> from,
    Optional<Instant> to) {

  /** All entries. */
  public static final AuditConditions NONE =
      new AuditConditions(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  public AuditConditions {
    requireNonNull(actor, "actor");
    requireNonNull(action, "action");
    requireNonNull(subject, "subject");
    requireNonNull(result, "result");
    requireNonNull(from, "from");
    requireNonNull(to, "to");
  }
}
