package dev.stillpoint.hypervisor.lab.model;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Adds, changes and removes network cards. */
public final class Nics {
  private static final Pattern MAC = Pattern.compile("([0-9a-f]{2}:){5}[0-9a-f]{2}");

  private final World world;
  private int given;

  public Nics(World world) {
    this.world = world;
  }

  /**
   * What a client says about a card; what it leaves out gets the engine's default or, in a change,
   * stays.
   */
  public record Wish(
      Optional<String> name,
      Optional<String> model,
      Optional<String> mac,
      Optional<String> profile,
      Optional<Boolean> linked,
      Optional<Boolean> plugged) {}

  /** A card of a VM. */
  public Nic nic(Vm vm, String id) {
    return Optional.ofNullable(vm.nics().get(id)).orElseThrow(EngineFault::missing);
  }

  public Nic add(Vm vm, Wish wish) {
    String name =
        wish.name().orElseThrow(() -> EngineFault.incomplete("Nic [name] required for add"));
    Nic blank = new Nic(world.ids().next(), name, "virtio", "", "", true, true);
    return put(vm, blank, wish);
  }

  public Nic update(Vm vm, String id, Wish wish) {
    return put(vm, nic(vm, id), wish);
  }

  private Nic put(Vm vm, Nic old, Wish wish) {
    String name = wish.name().orElse(old.name());
    boolean nameUsed =
        vm.nics().values().stream()
            .anyMatch(nic -> nic.name().equals(name) && !nic.id().equals(old.id()));
    if (nameUsed) {
      throw EngineFault.conflict("Network interface name is already in use");
    }
    String profile = wish.profile().orElse(old.profile());
    if (!profile.isEmpty()
        && world.networks().stream().noneMatch(net -> net.profile().equals(profile))) {
      throw EngineFault.conflict(
          "Cannot add Interface. The specified VM network interface profile doesn't exist.");
    }
    Nic nic =
        new Nic(
            old.id(),
            name,
            wish.model().orElse(old.model()),
            mac(old, wish),
            profile,
            wish.linked().orElse(old.linked()),
            wish.plugged().orElse(old.plugged()));
    vm.nics().put(nic.id(), nic);
    return nic;
  }

  private String mac(Nic old, Wish wish) {
    Optional<String> wanted = wish.mac().map(mac -> mac.toLowerCase(Locale.ROOT));
    if (wanted.isEmpty()) {
      return old.mac().isEmpty() ? nextFree() : old.mac();
    }
    if (!MAC.matcher(wanted.get()).matches()) {
      throw EngineFault.wrong("Invalid MAC address: " + wanted.get());
    }
    user(wanted.get(), old.id())
        .ifPresent(
            vm -> {
              throw EngineFault.conflict(
                  "MAC Address "
                      + wanted.get()
                      + " is already in use by VM or snapshot: "
                      + vm.name()
                      + ".");
            });
    return wanted.get();
  }

  private Optional<Vm> user(String mac, String exceptNic) {
    return world.vms().values().stream()
        .filter(
            vm ->
                vm.nics().values().stream()
                    .anyMatch(nic -> nic.mac().equals(mac) && !nic.id().equals(exceptNic)))
        .findFirst();
  }

  private String nextFree() {
    String mac;
    do {
      mac = String.format("56:6f:95:ac:%02x:%02x", given / 256, given % 256);
      given++;
    } while (user(mac, "").isPresent());
    return mac;
  }

  public void remove(Vm vm, String id) {
    vm.nics().remove(nic(vm, id).id());
  }
}
