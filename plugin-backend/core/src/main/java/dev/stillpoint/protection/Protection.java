package dev.stillpoint.protection;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.hypervisor.Inventory;
import dev.stillpoint.hypervisor.VmSummary;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.model.VmId;
import dev.stillpoint.policy.Policy;
import dev.stillpoint.policy.PolicyStore;
import dev.stillpoint.retention.VmRef;
import dev.stillpoint.site.Sites;
import dev.stillpoint.upkeep.VmFigures;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Asks a site's manager what VMs there are and reports how they are protected. */
public final class Protection {

  private final Sites sites;
  private final PolicyStore policies;
  private final NextStarts next;

  public Protection(Sites sites, PolicyStore policies, NextStarts next) {
    this.sites = requireNonNull(sites, "sites");
    this.policies = requireNonNull(policies, "policies");
    this.next = requireNonNull(next, "next");
  }

  /**
   * @param figures of all VMs that keep points
   * @throws dev.stillpoint.model.StillpointException HYPERVISOR_UNAVAILABLE and others of the
   *     manager
   */
  public List<VmProtection> of(SiteId site, Map<VmRef, VmFigures> figures) {
    Inventory inventory = sites.session(site).inventory();
    List<Policy> here =
        policies.all().stream().filter(policy -> policy.site().equals(site)).toList();
    boolean selecting = here.stream().anyMatch(policy -> policy.selector().isPresent());
    Map<VmId, String> names = new LinkedHashMap<>();
    for (VmSummary vm : inventory.vms()) {
      names.put(vm.id(), vm.name());
    }
    Map<VmId, VmFigures> ofSite = new LinkedHashMap<>();
    figures.forEach(
        (vm, one) -> {
          if (vm.site().equals(site)) {
            ofSite.put(vm.vm(), one);
          }
        });
    return ProtectionReport.of(
        new ProtectionReport.Input(
            site, names, selecting ? inventory.placements() : List.of(), here, ofSite),
        next);
  }
}
