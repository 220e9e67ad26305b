package dev.stillpoint.hypervisor;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.VmId;
import java.util.Map;
import java.util.Set;

/**
 * Somebody whom a manager knows, and what he may there, in the manager's words.
 *
 * @param id the manager's
 * @param name as the manager says it: {@code clerk@internal-authz}
 * @param seesAll he is shown everything, as administrators are
 * @param general permits that hold for the whole manager
 * @param vms the VMs he is shown, with his permits on each; of who administers the manager, and so
 *     is shown all, those may be left out on which he has no permits of his own
 */
public record Caller(
    String id, String name, boolean seesAll, Set<String> general, Map<VmId, Set<String>> vms) {

  public Caller {
    requireNonNull(id, "id");
    requireNonNull(name, "name");
    general = Set.copyOf(general);
    vms = Map.copyOf(vms);
  }

  /** A permit may be his on the whole manager, or on that VM. */
  public boolean may(String permit, VmId vm) {
    return general.contains(permit) || vms.getOrDefault(vm, Set.of()).contains(permit);
  }
}
