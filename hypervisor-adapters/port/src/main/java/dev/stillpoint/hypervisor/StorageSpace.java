package dev.stillpoint.hypervisor;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.ByteCount;
import java.util.Set;

/**
 * A place where disks can be made: a storage domain, a datastore.
 *
 * @param available bytes that new disks may still take
 * @param usable active, and meant for disks
 * @param onBlocks disks are made of blocks that are set aside in large pieces, not of files
 * @param clusters ids of the clusters whose VMs can have disks there
 */
public record StorageSpace(
    String id,
    String name,
    ByteCount available,
    boolean usable,
    boolean onBlocks,
    Set<String> clusters) {

  public StorageSpace {
    requireNonNull(id, "id");
    requireNonNull(name, "name");
    requireNonNull(available, "available");
    clusters = Set.copyOf(clusters);
  }
}
