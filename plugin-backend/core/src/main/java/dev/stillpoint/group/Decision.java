package dev.stillpoint.group;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What a free reader does now.
 *
 * @param taken the VM to read; empty: nothing may be read now, wait until another reader ends
 * @param reason a short sentence for people
 */
public record Decision(Optional<Candidate> taken, String reason) {

  public Decision {
    requireNonNull(taken, "taken");
    requireNonNull(reason, "reason");
  }
}
