package dev.stillpoint.hypervisor.ovirt;

import static org.ovirt.engine.sdk4.builders.Builders.disk;
import static org.ovirt.engine.sdk4.builders.Builders.storageDomain;

import dev.stillpoint.hypervisor.DiskSettings;
import dev.stillpoint.hypervisor.ovirt.mapping.VmMapping;
import dev.stillpoint.model.DiskId;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.math.BigInteger;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.ovirt.engine.sdk4.builders.DiskBuilder;
import org.ovirt.engine.sdk4.types.Disk;
import org.ovirt.engine.sdk4.types.DiskBackup;
import org.ovirt.engine.sdk4.types.DiskContentType;
import org.ovirt.engine.sdk4.types.DiskFormat;
import org.ovirt.engine.sdk4.types.DiskStatus;
import org.ovirt.engine.sdk4.types.StorageDomain;
import org.ovirt.engine.sdk4.types.StorageType;
import org.ovirt.engine.sdk4.types.Vm;

/** The disks of an engine, attached or not. */
final class Disks {

  private static final Set<StorageType> BLOCK = EnumSet.of(StorageType.ISCSI, StorageType.FCP);

  /** What the engine does not take in a disk's alias; older disks may have it (BaseDisk.java). */
  private static final Pattern NOT_IN_AN_ALIAS = Pattern.compile("[^\\p{L}0-9._-]");

  private final Engine engine;
  private final OvirtInventory inventory;

  Disks(Engine engine, OvirtInventory inventory) {
    this.engine = engine;
    this.inventory = inventory;
  }

  /** A restore does not fail because of a name. */
  static String alias(String name) {
    return NOT_IN_AN_ALIAS.matcher(name).replaceAll("_");
  }

  /**
   * The storage domain on which such a disk can be made.
   *
   * @throws StillpointException NOT_FOUND; OUT_OF_SPACE when it cannot hold a preallocated disk
   */
  StorageDomain requireRoom(DiskSettings like) {
    StorageDomain domain =
        inventory.domains().stream()
            .filter(d -> d.id().equals(like.storage().id()))
            .findFirst()
            .orElseThrow(
                () ->
                    new StillpointException(
                        ErrorKind.NOT_FOUND,
                        "There is no storage domain "
                            + like.storage().name()
                            + " for disk "
                            + like.name(),
                        "Choose a storage domain that exists"));
    BigInteger available = domain.available();
    boolean full =
        !like.sparse()
            && available != null
            && available.compareTo(BigInteger.valueOf(like.size().bytes())) < 0;
    if (full) {
      throw new StillpointException(
          ErrorKind.OUT_OF_SPACE,
          "Storage domain "
              + domain.name()
              + " has no room for disk "
              + like.name()
              + " of "
              + like.size(),
          "Free space on the storage domain or choose another one");
    }
    return domain;
  }

  /** Asks for an empty disk with that id. */
  void create(DiskId id, DiskSettings like, DiskContentType content, StorageDomain domain) {
    DiskFormat format = DiskFormat.fromValue(like.format());
    DiskBuilder wanted =
        disk()
            .id(id.value())
            .name(alias(like.name()))
            .format(format)
            .sparse(like.sparse())
            .provisionedSize(like.size().bytes())
            .contentType(content)
            .storageDomains(storageDomain().id(domain.id()));
    if (like.changeTracking()) {
      wanted.backup(DiskBackup.INCREMENTAL);
    }
    if (isOnBlocks(domain) && format == DiskFormat.COW && like.sparse()) {
      // A thin disk on a block domain is not extended while it is filled.
      wanted.initialSize(like.size().bytes());
    }
    engine.call(
        "Creating disk " + like.name() + " on storage domain " + domain.name(),
        () -> engine.system().disksService().add().disk(wanted).send());
  }

  static boolean isOnBlocks(StorageDomain domain) {
    return domain.storagePresent() && BLOCK.contains(domain.storage().type());
  }

  Optional<Disk> find(DiskId id) {
    return engine
        .find(
            "Reading disk " + id,
            () -> engine.system().disksService().diskService(id.value()).get().send())
        .map(answer -> answer.disk());
  }

  /**
   * Waits until the disk is not locked any more.
   *
   * @throws StillpointException HYPERVISOR_REFUSED when it is gone or illegal
   */
  void awaitOk(DiskId id, String name) {
    engine.await(
        "disk " + name + " to be ready",
        () -> {
          Optional<Disk> now = find(id);
          if (now.isEmpty() || now.get().status() == DiskStatus.ILLEGAL) {
            throw new StillpointException(
                ErrorKind.HYPERVISOR_REFUSED,
                "The engine could not make disk " + name + " usable",
                "Look into the engine's events of the disk for the cause");
          }
          return now.filter(d -> d.status() == DiskStatus.OK);
        });
  }

  /**
   * Deletes a disk that is attached to no VM. Idempotent.
   *
   * @throws StillpointException CONFLICT when it is attached
   */
  void delete(DiskId id) {
    Optional<Disk> there = find(id);
    if (there.isEmpty()) {
      return;
    }
    Optional<Vm> owner = owner(id);
    if (owner.isPresent()) {
      throw new StillpointException(
          ErrorKind.CONFLICT,
          "Disk "
              + there.get().name()
              + " is attached to VM "
              + owner.get().name()
              + " and was not deleted",
          "Detach the disk from the VM if it is not needed any more");
    }
    engine.await(
        "disk " + there.get().name() + " to be unlocked",
        () ->
            find(id).map(Disk::status).filter(s -> s == DiskStatus.LOCKED).isPresent()
                ? Optional.<Boolean>empty()
                : Optional.of(true));
    engine.find(
        "Deleting disk " + there.get().name(),
        () -> engine.system().disksService().diskService(id.value()).remove().send());
    engine.await(
        "disk " + there.get().name() + " to be deleted",
        () -> find(id).isPresent() ? Optional.<Boolean>empty() : Optional.of(true));
  }

  /** The engine would delete the disk of a stopped VM without a word, so we look ourselves. */
  private Optional<Vm> owner(DiskId id) {
    return inventory.allVms().stream()
        .filter(vm -> VmMapping.attachments(vm).stream().anyMatch(a -> id.value().equals(a.id())))
        .findFirst();
  }
}
