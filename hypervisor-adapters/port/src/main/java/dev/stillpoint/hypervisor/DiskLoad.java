package dev.stillpoint.hypervisor;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.DiskId;
import dev.stillpoint.model.VmId;
import java.util.Optional;

/**
 * How busy one disk of a VM is.
 *
 * @param operations empty until two readings tell
 */
public record DiskLoad(
    VmId vm,
    DiskId disk,
    long readBytesPerSecond,
    long writtenBytesPerSecond,
    Optional<Operations> operations) {

  /** Reads and writes in a second. */
  public record Operations(double readsPerSecond, double writesPerSecond) {}

  public DiskLoad {
    requireNonNull(vm, "vm");
    requireNonNull(disk, "disk");
    requireNonNull(operations, "operations");
  }
}
