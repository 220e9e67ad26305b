package dev.stillpoint.audit;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * Something that was done, or tried.
 *
 * @param actor who: {@code clerk@internal-authz}, {@code server token}, or {@link #SERVER}
 * @param action what: {@code policies.add}
 * @param subject to what: {@code policies/1b7e…}
 * @param detail how it went, for people; may be empty
 */
public record AuditEntry(
    Instant time, String actor, String action, String subject, Result result, String detail) {

  /** The server, of its own accord. */
  public static final String SERVER = "server";

  /** How it went. */
  public enum Result {
    DONE,
    /** The caller may not, or asked for something that cannot be. */
    REFUSED,
    FAILED
  }

  public AuditEntry {
    requireNonNull(time, "time");
    requireNonNull(actor, "actor");
    requireNonNull(action, "action");
    requireNonNull(subject, "subject");
    requireNonNull(result, "result");
    requireNonNull(detail, "detail");
  }
}
