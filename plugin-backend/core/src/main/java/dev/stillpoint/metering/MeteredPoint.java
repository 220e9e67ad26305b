package dev.stillpoint.metering;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.PolicyId;
import dev.stillpoint.model.RestorePointId;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.model.VmId;
import java.time.Instant;
import java.util.Optional;

/**
 * A restore point that was kept for a time. A VM whose backup failed has none, and is not charged.
 *
 * @param since the start of the slot of its run, or of the run
 * @param ended when it was expired or deleted; empty while it is kept
 * @param logical size of its disks
 * @param stored what it added to the repository
 */
public record MeteredPoint(
    RestorePointId id,
    SiteId site,
    VmId vm,
    String vmName,
    Optional<PolicyId> policy,
    Instant since,
    Optional<Instant> ended,
    ByteCount logical,
    ByteCount stored) {

  public MeteredPoint {
    requireNonNull(id, "id");
    requireNonNull(site, "site");
    requireNonNull(vm, "vm");
    requireNonNull(vmName, "vmName");
    requireNonNull(policy, "policy");
    requireNonNull(since, "since");
    requireNonNull(ended, "ended");
    requireNonNull(logical, "logical");
    requireNonNull(stored, "stored");
  }
}
