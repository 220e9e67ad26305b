package dev.stillpoint.hypervisor.lab.model;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.hypervisor.lab.block.Ticket;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** An image transfer: a ticket and what becomes of it. */
public final class Transfer {
  /** The phases as the API words them, in lower case. */
  public enum Phase {
    TRANSFERRING,
    RESUMING,
    PAUSED_USER,
    PAUSED_SYSTEM,
    CANCELLED_USER,
    CANCELLED_SYSTEM,
    FINALIZING_SUCCESS,
    FINALIZING_FAILURE,
    FINALIZING_CLEANUP,
    FINISHED_SUCCESS,
    FINISHED_FAILURE,
    FINISHED_CLEANUP;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    public boolean isEnd() {
      return this == FINISHED_SUCCESS || this == FINISHED_FAILURE || this == FINISHED_CLEANUP;
    }

    boolean isPaused() {
      return this == PAUSED_USER || this == PAUSED_SYSTEM;
    }
  }

  /** What happens to an idle transfer: the engine's timeout_policy. */
  public enum IdlePolicy {
    LEGACY,
    PAUSE,
    CANCEL;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final String id;
  private final Disk disk;
  private final Optional<Backup> backup;
  private final boolean upload;
  private final Optional<String> format;
  private final Duration idleLimit;
  private final IdlePolicy policy;
  private final Ticket ticket;
  private Phase phase = Phase.TRANSFERRING;

  Transfer(String id, Disk disk, Optional<Backup> backup, Wish wish, Ticket ticket) {
    this.id = requireNonNull(id, "id");
    this.disk = disk;
    this.backup = backup;
    this.upload = wish.upload();
    this.format = wish.format();
    this.idleLimit = wish.idleLimit();
    this.policy = wish.policy();
    this.ticket = ticket;
  }

  /**
   * What a client asks for.
   *
   * @param idleLimit zero for none
   */
  public record Wish(
      boolean upload, Optional<String> format, Duration idleLimit, IdlePolicy policy) {}

  public String id() {
    return id;
  }

  public Disk disk() {
    return disk;
  }

  public Optional<Backup> backup() {
    return backup;
  }

  public boolean isUpload() {
    return upload;
  }

  public Optional<String> format() {
    return format;
  }

  public Duration idleLimit() {
    return idleLimit;
  }

  public IdlePolicy policy() {
    return policy;
  }

  public Ticket ticket() {
    return ticket;
  }

  public Phase phase() {
    return phase;
  }

  void enter(Phase next) {
    phase = next;
  }
}
