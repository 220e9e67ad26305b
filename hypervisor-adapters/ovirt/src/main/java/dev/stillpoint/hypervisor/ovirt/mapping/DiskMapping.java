package dev.stillpoint.hypervisor.ovirt.mapping;

import dev.stillpoint.hypervisor.DiskSettings;
import dev.stillpoint.hypervisor.DiskSettings.StorageRef;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.DiskId;
import dev.stillpoint.model.Reason;
import dev.stillpoint.model.ReasonCode;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ovirt.engine.sdk4.types.Disk;
import org.ovirt.engine.sdk4.types.DiskAttachment;
import org.ovirt.engine.sdk4.types.DiskBackup;
import org.ovirt.engine.sdk4.types.DiskFormat;
import org.ovirt.engine.sdk4.types.DiskStorageType;
import org.ovirt.engine.sdk4.types.StorageDomain;

/** From the SDK's disks to the port's. */
public final class DiskMapping {

  private DiskMapping() {}

  /**
   * @param storages names of storage domains by id
   */
  public static DiskSettings settings(DiskAttachment attachment, Map<String, String> storages) {
    Disk disk = attachment.disk();
    return new DiskSettings(
        new DiskId(disk.id()),
        name(disk),
        bytes(disk.provisionedSize()),
        Optional.ofNullable(disk.actualSize()).map(DiskMapping::bytes),
        disk.formatPresent() ? disk.format().value() : DiskFormat.RAW.value(),
        disk.sparsePresent() && disk.sparse(),
        disk.backup() == DiskBackup.INCREMENTAL,
        storage(disk, storages),
        attachment.interface_Present() ? attachment.interface_().value() : "",
        attachment.bootablePresent() && attachment.bootable(),
        attachment.activePresent() && attachment.active(),
        attachment.readOnlyPresent() && attachment.readOnly(),
        backupRefusal(attachment, disk));
  }

  /** Why a disk of this shape is read in full even when changes were asked for. */
  public static String fullReadReason(Disk disk) {
    if (disk.format() == DiskFormat.RAW) {
      return Reason.of(ReasonCode.RAW_DISK).text();
    }
    if (disk.backup() != DiskBackup.INCREMENTAL) {
      return Reason.of(ReasonCode.TRACKING_OFF).text();
    }
    return Reason.of(ReasonCode.NOT_IN_LAST).text();
  }

  public static ByteCount bytes(BigInteger amount) {
    return amount == null ? ByteCount.ZERO : ByteCount.ofBytes(amount.longValueExact());
  }

  private static String name(Disk disk) {
    return Optional.ofNullable(disk.alias()).or(() -> Optional.ofNullable(disk.name())).orElse("");
  }

  private static StorageRef storage(Disk disk, Map<String, String> storages) {
    List<StorageDomain> domains = disk.storageDomainsPresent() ? disk.storageDomains() : List.of();
    String id = domains.isEmpty() ? "" : domains.get(0).id();
    return new StorageRef(id, storages.getOrDefault(id, id));
  }

  private static String backupRefusal(DiskAttachment attachment, Disk disk) {
    if (disk.storageTypePresent() && disk.storageType() != DiskStorageType.IMAGE) {
      return disk.storageType() == DiskStorageType.LUN
          ? "the engine cannot back up a direct LUN"
          : "the engine cannot back up a disk of type " + disk.storageType().value();
    }
    if (disk.shareablePresent() && disk.shareable()) {
      return "the engine cannot back up a shared disk";
    }
    if (attachment.activePresent() && !attachment.active()) {
      return "the disk is not activated";
    }
    return "";
  }
}
