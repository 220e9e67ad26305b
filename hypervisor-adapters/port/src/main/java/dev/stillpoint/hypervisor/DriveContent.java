package dev.stillpoint.hypervisor;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What a VM's CD drive holds.
 *
 * @param running the VM runs or is paused, so that its drive can be changed at once
 * @param now what the guest sees; empty for an empty drive, or a VM that is off
 * @param nextStart what it will see from its next start on
 */
public record DriveContent(boolean running, Optional<Medium> now, Optional<Medium> nextStart) {

  public DriveContent {
    requireNonNull(now, "now");
    requireNonNull(nextStart, "nextStart");
  }

  public Optional<Medium> at(MediaDrive.Moment moment) {
    return moment == MediaDrive.Moment.NOW ? now : nextStart;
  }
}
