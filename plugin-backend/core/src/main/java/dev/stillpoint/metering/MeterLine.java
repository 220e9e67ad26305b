package dev.stillpoint.metering;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.PolicyId;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.model.VmId;
import java.math.BigInteger;
import java.util.Optional;

/**
 * What a VM's points of one policy took in one month.
 *
 * @param vmName its newest
 * @param points that were kept at some time of the month
 * @param hours of all these points together, in months of UTC
 * @param localHours the same hours, in months of the zone that was asked for
 * @param logicalByteHours hours in months of UTC, each times the size of the point's disks
 * @param storedByteHours times what the point added to the repository
 * @param uniqueByteHours of the VM whatever its policies, on its first line: for each day what
 *     nobody else needed, times the day's hours; empty on others, and where no day is known
 */
public record MeterLine(
    SiteId site,
    VmId vm,
    String vmName,
    Optional<PolicyId> policy,
    int points,
    long hours,
    long localHours,
    BigInteger logicalByteHours,
    BigInteger storedByteHours,
    Optional<BigInteger> uniqueByteHours) {

  public MeterLine {
    requireNonNull(site, "site");
    requireNonNull(vm, "vm");
    requireNonNull(vmName, "vmName");
    requireNonNull(policy, "policy");
    requireNonNull(logicalByteHours, "logicalByteHours");
    requireNonNull(storedByteHours, "storedByteHours");
    requireNonNull(uniqueByteHours, "uniqueByteHours");
  }
}
