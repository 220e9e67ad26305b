package dev.stillpoint.catalog;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.hypervisor.Consistency;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.PolicyId;
import dev.stillpoint.model.RestorePointId;
import dev.stillpoint.model.RunId;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.model.VmId;
import dev.stillpoint.retention.Lifetime;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * A restore point as a line of a list.
 *
 * @param diskCount those that are in it
 * @param size of these disks
 * @param read from the manager
 * @param stored added to the repository
 * @param expires empty: never by itself
 * @param held kept beyond that by a hold; not told of a point alone
 */
public record PointLine(
    RestorePointId id,
    SiteId site,
    VmId vm,
    String vmName,
    Instant time,
    Instant created,
    RunId run,
    Optional<PolicyId> policy,
    Mode mode,
    State state,
    Optional<Consistency> consistency,
    int diskCount,
    ByteCount size,
    ByteCount read,
    ByteCount stored,
    Optional<Instant> expires,
    boolean held) {

  /** How its disks were read. */
  public enum Mode {
    FULL,
    INCREMENTAL,
    /** Some in full, some not. */
    MIXED
  }

  /** Whether all is in it. */
  public enum State {
    COMPLETE,
    /** Disks of the VM were left out. */
    PARTIAL
  }

  public PointLine {
    requireNonNull(id, "id");
    requireNonNull(site, "site");
    requireNonNull(vm, "vm");
    requireNonNull(vmName, "vmName");
    requireNonNull(time, "time");
    requireNonNull(created, "created");
    requireNonNull(run, "run");
    requireNonNull(policy, "policy");
    requireNonNull(mode, "mode");
    requireNonNull(state, "state");
    requireNonNull(consistency, "consistency");
    requireNonNull(size, "size");
    requireNonNull(read, "read");
    requireNonNull(stored, "stored");
    requireNonNull(expires, "expires");
  }

  public static PointLine of(RestorePoint point) {
    return new PointLine(
        point.id(),
        point.site(),
        point.settings().id(),
        point.settings().name(),
        point.time(),
        point.created(),
        point.run(),
        point.policy(),
        mode(point),
        point.leftOut().isEmpty() ? State.COMPLETE : State.PARTIAL,
        point.consistency(),
        point.disks().size(),
        sum(point, RestorePoint.Disk::size),
        sum(point, RestorePoint.Disk::read),
        sum(point, RestorePoint.Disk::stored),
        point.lifetime().flatMap(Lifetime::expires),
        false);
  }

  private static Mode mode(RestorePoint point) {
    long incremental = point.disks().stream().filter(disk -> disk.readMode().incremental()).count();
    if (incremental == 0) {
      return Mode.FULL;
    }
    return incremental == point.disks().size() ? Mode.INCREMENTAL : Mode.MIXED;
  }

  /** Stops at what a number can hold. */
  private static ByteCount sum(RestorePoint point, Function<RestorePoint.Disk, ByteCount> amount) {
    long sum = 0;
    for (RestorePoint.Disk disk : point.disks()) {
      long more = amount.apply(disk).bytes();
      sum = sum > Long.MAX_VALUE - more ? Long.MAX_VALUE : sum + more;
    }
    return ByteCount.ofBytes(sum);
  }
}
