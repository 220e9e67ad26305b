package dev.stillpoint.protection;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.hypervisor.VmName;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.model.VmId;
import dev.stillpoint.policy.Policy;
import dev.stillpoint.policy.PolicyStore;
import dev.stillpoint.retention.VmRef;
import dev.stillpoint.site.Sites;
import dev.stillpoint.upkeep.VmFigures;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Finds out what VMs a site has and how they are protected. What the site's manager says is at most
 * {@link SiteVms#LONGEST} old; policies and points are as they are now. Thread-safe.
 */
public final class Protection {

  private final SiteVms vms;
  private final PolicyStore policies;
  private final NextStarts next;

  public Protection(Sites sites, PolicyStore policies, NextStarts next, InstantSource clock) {
    this.vms = new SiteVms(sites, clock);
    this.policies = requireNonNull(policies, "policies");
    this.next = requireNonNull(next, "next");
  }

  /** What its manager said of the site's VMs is asked anew. */
  public void forget(SiteId site) {
    vms.forget(site);
  }

  /**
   * @param figures of all VMs that keep points
   * @throws dev.stillpoint.model.StillpointException HYPERVISOR_UNAVAILABLE and others of the
   *     manager
   */
  public List<VmProtection> of(SiteId site, Map<VmRef, VmFigures> figures) {
    List<Policy> here =
        policies.all().stream().filter(policy -> policy.site().equals(site)).toList();
    boolean selecting = here.stream().anyMatch(policy -> policy.selector().isPresent());
    Map<VmId, String> names = new LinkedHashMap<>();
    for (VmName vm : vms.names(site)) {
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
            site, names, selecting ? vms.placements(site) : List.of(), here, ofSite),
        next);
  }

  /** The names of the clusters of the VMs that are there. */
  public Map<VmId, String> clusters(SiteId site) {
    return vms.names(site).stream().collect(Collectors.toMap(VmName::id, VmName::cluster));
  }
}
