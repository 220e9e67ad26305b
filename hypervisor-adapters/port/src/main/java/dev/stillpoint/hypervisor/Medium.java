package dev.stillpoint.hypervisor;

import static java.util.Objects.requireNonNull;

/**
 * What lies in a drive.
 *
 * @param reference how the manager names it: a disk's id, or a file of an ISO library
 * @param name for people
 */
public record Medium(String reference, String name) {

  public Medium {
    requireNonNull(reference, "reference");
    requireNonNull(name, "name");
  }
}
