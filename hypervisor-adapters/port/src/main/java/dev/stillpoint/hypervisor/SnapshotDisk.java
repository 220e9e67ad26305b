package dev.stillpoint.hypervisor;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.DiskId;

/** A disk of a snapshot, its size at that time, and how it will be read. */
public record SnapshotDisk(DiskId id, ByteCount size, ReadMode readMode) {

  public SnapshotDisk {
    requireNonNull(id, "id");
    requireNonNull(size, "size");
    requireNonNull(readMode, "readMode");
  }
}
