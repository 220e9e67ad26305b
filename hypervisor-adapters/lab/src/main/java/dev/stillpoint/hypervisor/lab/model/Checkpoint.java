package dev.stillpoint.hypervisor.lab.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A point in time from which the changes of some disks are recorded. */
public record Checkpoint(String id, Optional<String> parent, Instant created, List<String> disks) {
  public Checkpoint {
    disks = List.copyOf(disks);
  }
}
