package dev.stillpoint.policy;

import dev.stillpoint.hypervisor.Inventory;
import dev.stillpoint.hypervisor.VmPlacement;
import dev.stillpoint.hypervisor.VmSummary;
import dev.stillpoint.model.VmId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Finds out which VMs a policy means now. */
public final class PolicyVms {

  private PolicyVms() {}

  /**
   * The VMs named, then those selected, each once, with their names. A VM that is gone is named by
   * its id: the run skips it and says so.
   */
  public static Map<VmId, String> now(Policy policy, Inventory inventory) {
    return now(
        policy,
        new Source() {
          @Override
          public List<VmSummary> vms() {
            return inventory.vms();
          }

          @Override
          public List<VmPlacement> placements() {
            return inventory.placements();
          }
        });
  }

  /** What of an inventory is looked at; one for several policies need ask the manager once. */
  public interface Source {

    List<VmSummary> vms();

    List<VmPlacement> placements();
  }

  /** As the other, from what was asked before. */
  public static Map<VmId, String> now(Policy policy, Source source) {
    Map<VmId, String> names =
        source.vms().stream().collect(Collectors.toMap(VmSummary::id, VmSummary::name));
    Map<VmId, String> result = new LinkedHashMap<>();
    policy.vms().forEach(vm -> result.put(vm, names.getOrDefault(vm, vm.value())));
    if (policy.selector().isPresent()) {
      List<VmPlacement> placements = source.placements();
      policy.selector().get().decide(placements).stream()
          .filter(Selector.Decision::chosen)
          .forEach(d -> result.putIfAbsent(d.vm().id(), d.vm().name()));
    }
    return result;
  }
}
