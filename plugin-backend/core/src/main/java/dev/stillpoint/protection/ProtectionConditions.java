package dev.stillpoint.protection;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.VmId;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which VMs are asked for.
 *
 * @param name a part of it, in any case
 * @param states any of these; empty: all
 * @param vms any of these; empty: all
 * @param withPoints only those that have points
 */
public record ProtectionConditions(
    Optional<String> name, Set<VmProtection.State> states, Set<VmId> vms, boolean withPoints) {

  public static final ProtectionConditions NONE =
      new ProtectionConditions(Optional.empty(), Set.of(), Set.of(), false);

  public ProtectionConditions {
    requireNonNull(name, "name");
    states = Set.copyOf(states);
    vms = Set.copyOf(vms);
  }

  Predicate<VmProtection> fits() {
    Optional<String> part = name.map(NameText::folded);
    return vm ->
        (states.isEmpty() || states.contains(vm.state()))
            && (vms.isEmpty() || vms.contains(vm.vm().vm()))
            && (!withPoints || vm.figures().points() > 0)
            && part.map(wanted -> NameText.folded(vm.name()).contains(wanted)).orElse(true);
  }
}
