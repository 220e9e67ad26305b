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
    Map<VmId, String> names =
        inventory.vms().stream().collect(Collectors.toMap(VmSummary::id, VmSummary::name));
    Map<VmId, String> result = new LinkedHashMap<>();
    policy.vms().forEach(vm -> result.put(vm, names.getOrDefault(vm, vm.value())));
    if (policy.selector().isPresent()) {
      List<VmPlacement> placements = inventory.placements();
      policy.selector().get().decide(placements).stream()
          .filter(Selector.Decision::chosen)
          .forEach(d -> result.putIfAbsent(d.vm().id(), d.vm().name()));
    }
    return result;
  }
}
