package dev.stillpoint.hypervisor;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.ByteCount;

/**
 * A place where disks can be made: a storage domain, a datastore.
 *
 * @param available bytes that new disks may still take
 * @param usable active, and meant for disks
 */
public record StorageSpace(String id, String name, ByteCount available, boolean usable) {

  public StorageSpace {
    requireNonNull(id, "id");
    requireNonNull(name, "name");
    requireNonNull(available, "available");
  }
}
