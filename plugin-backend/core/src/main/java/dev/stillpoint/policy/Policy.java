package dev.stillpoint.policy;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.group.GroupSettings;
import dev.stillpoint.hypervisor.Freezing;
import dev.stillpoint.model.DiskId;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.PolicyId;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.VmId;
import dev.stillpoint.retention.Retention;
import dev.stillpoint.schedule.Schedule;
import java.util.List;
import java.util.Optional;

/**
 * What to back up, and when.
 *
 * @param name unique, for people
 * @param vms chosen one by one; a VM that is gone when a run starts is skipped
 * @param excludedDisks disks of these VMs that are left out
 * @param freezing what is asked of the guests while their snapshots are taken
 * @param enabled a disabled policy never starts a run
 * @param selector chooses VMs when a run starts; without one, at least one VM is named
 * @param schedule when it starts by itself; empty: only when somebody asks
 * @param group in which order they are read
 * @param retention how long its points are kept; empty, as in policies of before there was
 *     retention: until they are deleted
 */
public record Policy(
    PolicyId id,
    String name,
    SiteId site,
    List<VmId> vms,
    List<DiskId> excludedDisks,
    Freezing freezing,
    boolean enabled,
    Optional<Selector> selector,
    Optional<Schedule> schedule,
    GroupSettings group,
    Optional<Retention> retention) {

  public Policy {
    requireNonNull(id, "id");
    requireNonNull(name, "name");
    requireNonNull(site, "site");
    vms = List.copyOf(vms);
    excludedDisks = List.copyOf(excludedDisks);
    requireNonNull(freezing, "freezing");
    requireNonNull(selector, "selector");
    requireNonNull(schedule, "schedule");
    requireNonNull(group, "group");
    requireNonNull(retention, "retention");
    if (name.isBlank()) {
      throw new StillpointException(
          ErrorKind.BAD_REQUEST,
          "A policy needs a name",
          "Give it one that says what it protects.");
    }
    if (vms.isEmpty() && selector.isEmpty()) {
      throw new StillpointException(
          ErrorKind.BAD_REQUEST,
          "Policy " + name + " names no VM",
          "Name at least one VM, or select by tag, affinity group, cluster or name.");
    }
  }

  public Policy withSelector(Optional<Selector> other) {
    return new Policy(
        id, name, site, vms, excludedDisks, freezing, enabled, other, schedule, group, retention);
  }

  public Policy withGroup(GroupSettings other) {
    return new Policy(
        id,
        name,
        site,
        vms,
        excludedDisks,
        freezing,
        enabled,
        selector,
        schedule,
        other,
        retention);
  }
}
