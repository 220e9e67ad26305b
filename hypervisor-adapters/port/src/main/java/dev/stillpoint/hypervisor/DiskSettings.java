package dev.stillpoint.hypervisor;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.DiskId;
import java.util.Optional;

/**
 * A disk and how it hangs on its VM.
 *
 * @param size what the guest sees
 * @param allocated what it takes on its storage; empty where the manager does not tell
 * @param format the manager's word: {@code cow}, {@code raw}
 * @param sparse takes space on the storage only as it is written
 * @param changeTracking the manager can track its changed blocks
 * @param storage the storage it lies on
 * @param bus the manager's word for the controller: {@code virtio_scsi}
 * @param backupRefusal why the platform cannot back this disk up (direct LUN, shared); empty when
 *     it can
 */
public record DiskSettings(
    DiskId id,
    String name,
    ByteCount size,
    Optional<ByteCount> allocated,
    String format,
    boolean sparse,
    boolean changeTracking,
    StorageRef storage,
    String bus,
    boolean bootable,
    boolean active,
    boolean readOnly,
    String backupRefusal) {

  /** A storage by id and name. */
  public record StorageRef(String id, String name) {

    public StorageRef {
      requireNonNull(id, "id");
      requireNonNull(name, "name");
    }
  }

  public DiskSettings {
    requireNonNull(id, "id");
    requireNonNull(name, "name");
    requireNonNull(size, "size");
    requireNonNull(allocated, "allocated");
    requireNonNull(format, "format");
    requireNonNull(storage, "storage");
    requireNonNull(bus, "bus");
    requireNonNull(backupRefusal, "backupRefusal");
  }

  /** The same place on a VM, taken by another disk. */
  public DiskSettings withId(DiskId other) {
    return new DiskSettings(
        other,
        name,
        size,
        allocated,
        format,
        sparse,
        changeTracking,
        storage,
        bus,
        bootable,
        active,
        readOnly,
        backupRefusal);
  }

  public DiskSettings withStorage(StorageRef other) {
    return new DiskSettings(
        id,
        name,
        size,
        allocated,
        format,
        sparse,
        changeTracking,
        other,
        bus,
        bootable,
        active,
        readOnly,
        backupRefusal);
  }

  public DiskSettings withSize(ByteCount other) {
    return new DiskSettings(
        id,
        name,
        other,
        allocated,
        format,
        sparse,
        changeTracking,
        storage,
        bus,
        bootable,
        active,
        readOnly,
        backupRefusal);
  }

  public DiskSettings withName(String other) {
    return new DiskSettings(
        id,
        other,
        size,
        allocated,
        format,
        sparse,
        changeTracking,
        storage,
        bus,
        bootable,
        active,
        readOnly,
        backupRefusal);
  }
}
