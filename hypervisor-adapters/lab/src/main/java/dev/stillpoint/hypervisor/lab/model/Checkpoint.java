package dev.stillpoint.hypervisor.lab.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A point in time from which the changes of some disks are recorded.
 *
 * @param valid whether the bitmaps behind it can be used
 */
public record Checkpoint(
    String id, Optional<String> parent, Instant created, List<String> disks, boolean valid) {
  public Checkpoint {
    disks = List.copyOf(disks);
  }

  Checkpoint withParent(Optional<String> newParent) {
    return new Checkpoint(id, newParent, created, disks, valid);
  }

  Checkpoint invalid() {
    return new Checkpoint(id, parent, created, disks, false);
  }
}
