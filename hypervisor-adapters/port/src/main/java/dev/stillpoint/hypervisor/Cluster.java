package dev.stillpoint.hypervisor;

import static java.util.Objects.requireNonNull;

/** A place where VMs can be made. */
public record Cluster(String id, String name) {

  public Cluster {
    requireNonNull(id, "id");
    requireNonNull(name, "name");
  }
}
