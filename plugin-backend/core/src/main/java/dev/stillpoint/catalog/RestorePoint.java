package dev.stillpoint.catalog;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.group.GroupTime;
import dev.stillpoint.hypervisor.Consistency;
import dev.stillpoint.hypervisor.ReadMode;
import dev.stillpoint.hypervisor.VmSettings;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.CheckpointId;
import dev.stillpoint.model.DiskId;
import dev.stillpoint.model.PolicyId;
import dev.stillpoint.model.RestorePointId;
import dev.stillpoint.model.RunId;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.retention.Lifetime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One VM at one time, as it can be given back: always logically full.
 *
 * @param time the instant it shows, by the manager's clock
 * @param created when it was committed, by ours
 * @param checkpoint from where the manager can tell what changed since; empty where it cannot
 * @param consistency in which state the guest was found, where that is known
 * @param disks those that were read, each an image of that name in the repository
 * @param leftOut those that were not, with the reason of each
 * @param settings the VM as it was, with all its disks, also those left out
 * @param group the time it shares with other VMs of its run; empty in points of earlier releases
 * @param lifetime how long it is kept; empty for points of before there was retention
 */
public record RestorePoint(
    RestorePointId id,
    SiteId site,
    RunId run,
    Optional<PolicyId> policy,
    Instant time,
    Instant created,
    Optional<CheckpointId> checkpoint,
    Optional<Consistency> consistency,
    List<Disk> disks,
    List<LeftOut> leftOut,
    VmSettings settings,
    Optional<GroupTime> group,
    Optional<Lifetime> lifetime) {

  /** A disk of a restore point and how it was read. */
  public record Disk(
      DiskId id, String name, ByteCount size, ReadMode readMode, ByteCount read, ByteCount stored) {

    public Disk {
      requireNonNull(id, "id");
      requireNonNull(name, "name");
      requireNonNull(size, "size");
      requireNonNull(readMode, "readMode");
      requireNonNull(read, "read");
      requireNonNull(stored, "stored");
    }
  }

  /** A disk of the VM that is not in the point, and why. */
  public record LeftOut(DiskId id, String name, String reason) {

    public LeftOut {
      requireNonNull(id, "id");
      requireNonNull(name, "name");
      requireNonNull(reason, "reason");
    }
  }

  public RestorePoint {
    requireNonNull(id, "id");
    requireNonNull(site, "site");
    requireNonNull(run, "run");
    requireNonNull(policy, "policy");
    requireNonNull(time, "time");
    requireNonNull(created, "created");
    requireNonNull(checkpoint, "checkpoint");
    requireNonNull(consistency, "consistency");
    disks = List.copyOf(disks);
    leftOut = List.copyOf(leftOut);
    requireNonNull(settings, "settings");
    requireNonNull(group, "group");
    requireNonNull(lifetime, "lifetime");
  }

  public Optional<Disk> disk(DiskId disk) {
    return disks.stream().filter(d -> d.id().equals(disk)).findFirst();
  }

  /** By id or, where none has that id, by name: a name may be that of several. */
  public List<Disk> disksNamed(String idOrName) {
    List<Disk> byId = disks.stream().filter(d -> d.id().value().equals(idOrName)).toList();
    return byId.isEmpty() ? disks.stream().filter(d -> d.name().equals(idOrName)).toList() : byId;
  }
}
