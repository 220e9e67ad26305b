package dev.stillpoint.hypervisor.ovirt;

import static org.ovirt.engine.sdk4.builders.Builders.mac;
import static org.ovirt.engine.sdk4.builders.Builders.nic;
import static org.ovirt.engine.sdk4.builders.Builders.vnicProfile;

import dev.stillpoint.hypervisor.NetworkProfile;
import dev.stillpoint.hypervisor.NicSettings;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.ovirt.engine.sdk4.builders.NicBuilder;
import org.ovirt.engine.sdk4.services.VmNicsService;
import org.ovirt.engine.sdk4.types.Nic;
import org.ovirt.engine.sdk4.types.NicInterface;

/** The virtual NICs of a VM. */
final class Nics {

  private final Engine engine;
  private final Vms vms;
  private final OvirtInventory inventory;

  Nics(Engine engine, Vms vms, OvirtInventory inventory) {
    this.engine = engine;
    this.vms = vms;
    this.inventory = inventory;
  }

  void add(VmRef vm, NicSettings wanted) {
    engine.call(
        "Adding NIC " + described(wanted) + " to " + vm,
        () -> service(vm).add().nic(builder(wanted)).send());
  }

  /**
   * Makes the NICs of a VM what they were.
   *
   * @return a sentence for each that could not be brought back
   */
  List<String> apply(VmRef vm, List<NicSettings> now, List<NicSettings> wanted) {
    List<String> lost = new ArrayList<>();
    List<Nic> there = list(vm);
    for (Nic nic : there) {
      if (wanted.stream().noneMatch(w -> w.name().equals(nic.name()))) {
        attempt(lost, () -> remove(vm, nic));
      }
    }
    for (NicSettings nic : wanted) {
      if (now.stream().noneMatch(n -> isSame(n, nic))) {
        attempt(lost, () -> change(vm, there, connectable(nic, lost)));
      }
    }
    return List.copyOf(lost);
  }

  private static boolean isSame(NicSettings one, NicSettings other) {
    return one.name().equals(other.name())
        && one.model().equals(other.model())
        && one.mac().equals(other.mac())
        && one.profile().id().equals(other.profile().id())
        && one.linked() == other.linked()
        && one.plugged() == other.plugged();
  }

  private static void attempt(List<String> lost, Runnable step) {
    try {
      step.run();
    } catch (StillpointException e) {
      if (e.kind() == ErrorKind.HYPERVISOR_UNAVAILABLE || e.kind() == ErrorKind.CANCELLED) {
        throw e;
      }
      lost.add(e.getMessage());
    }
  }

  /** A NIC whose profile is gone is brought back with nothing to be connected to. */
  private NicSettings connectable(NicSettings nic, List<String> lost) {
    String profile = nic.profile().id();
    if (profile.isEmpty() || inventory.profilesById().containsKey(profile)) {
      return nic;
    }
    lost.add(
        "NIC "
            + nic.name()
            + " is not connected: there is no vNIC profile "
            + nic.profile().name()
            + " any more");
    return nic.withProfile(new NetworkProfile("", "", ""));
  }

  private void change(VmRef vm, List<Nic> there, NicSettings wanted) {
    Optional<Nic> same = there.stream().filter(n -> wanted.name().equals(n.name())).findFirst();
    if (same.isEmpty()) {
      add(vm, wanted);
      return;
    }
    engine.call(
        "Changing NIC " + described(wanted) + " of " + vm,
        () -> service(vm).nicService(same.get().id()).update().nic(builder(wanted)).send());
  }

  private void remove(VmRef vm, Nic nic) {
    engine.find(
        "Removing NIC " + nic.name() + " of " + vm,
        () -> service(vm).nicService(nic.id()).remove().send());
  }

  private List<Nic> list(VmRef vm) {
    return engine.call("Listing the NICs of " + vm, () -> service(vm).list().send()).nics();
  }

  private static String described(NicSettings nic) {
    return nic.mac().isEmpty() ? nic.name() : nic.name() + " with MAC " + nic.mac();
  }

  private static NicBuilder builder(NicSettings wanted) {
    NicBuilder nic = nic().name(wanted.name()).linked(wanted.linked()).plugged(wanted.plugged());
    Arrays.stream(NicInterface.values())
        .filter(model -> model.value().equals(wanted.model()))
        .forEach(nic::interface_);
    if (!wanted.mac().isEmpty()) {
      nic.mac(mac().address(wanted.mac()));
    }
    if (!wanted.profile().id().isEmpty()) {
      nic.vnicProfile(vnicProfile().id(wanted.profile().id()));
    }
    return nic;
  }

  private VmNicsService service(VmRef vm) {
    return vms.service(vm.id()).nicsService();
  }
}
