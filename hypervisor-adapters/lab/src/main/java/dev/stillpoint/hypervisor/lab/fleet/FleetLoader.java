package dev.stillpoint.hypervisor.lab.fleet;

import dev.stillpoint.hypervisor.lab.doc.Element;
import dev.stillpoint.hypervisor.lab.model.Attachment;
import dev.stillpoint.hypervisor.lab.model.Disk;
import dev.stillpoint.hypervisor.lab.model.DiskSpec;
import dev.stillpoint.hypervisor.lab.model.Disks;
import dev.stillpoint.hypervisor.lab.model.Ids;
import dev.stillpoint.hypervisor.lab.model.Nics;
import dev.stillpoint.hypervisor.lab.model.Vm;
import dev.stillpoint.hypervisor.lab.model.Vms;
import dev.stillpoint.hypervisor.lab.model.World;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Puts a fleet into a world. Ids follow from names, so a lab that starts again has the same. */
public final class FleetLoader {
  private final World world;
  private final Vms vms;
  private final Disks disks;
  private final Nics nics;
  private final Map<String, GuestArea> areas = new HashMap<>();

  public FleetLoader(World world, Vms vms, Disks disks, Nics nics) {
    this.world = world;
    this.vms = vms;
    this.disks = disks;
    this.nics = nics;
  }

  /**
   * Loads the fleet and returns its guests.
   *
   * @param cache where prepared images are kept between starts
   */
  public Guests load(LabFleet fleet, Path cache) throws IOException {
    for (VmPlan plan : fleet.vms()) {
      load(plan, cache);
    }
    return new Guests(world, areas);
  }

  private void load(VmPlan plan, Path cache) throws IOException {
    Vm vm = vms.prepare(Ids.named("vm " + plan.name()), settings(plan), plan.up());
    for (DiskPlan disk : plan.disks()) {
      Disk loaded = load(disk, cache);
      boolean first = vm.attachments().isEmpty();
      disks.attach(vm, new Attachment(loaded.id(), "virtio_scsi", first, true, false, false));
    }
    for (int network : plan.networks()) {
      nics.add(
          vm,
          new Nics.Wish(
              Optional.of("nic" + (vm.nics().size() + 1)),
              Optional.of("virtio"),
              Optional.empty(),
              Optional.of(world.networks().get(network).profile()),
              Optional.empty(),
              Optional.empty()));
    }
  }

  private Disk load(DiskPlan plan, Path cache) throws IOException {
    DiskContent.Prepared prepared = plan.content().prepare(cache, plan.name(), plan.sizeBytes());
    boolean cow = plan.format().equals("cow");
    DiskSpec spec =
        new DiskSpec(
            plan.name(),
            "",
            plan.format(),
            true,
            plan.sizeBytes(),
            cow,
            "data",
            world.domains().get(plan.domain()).id());
    Disk disk = disks.prepare(Ids.named("disk " + plan.name()), spec, prepared.base());
    plan.content().fill(disk.content());
    areas.put(plan.name(), prepared.area());
    return disk;
  }

  private static Element settings(VmPlan plan) {
    return Element.object("vm")
        .add("name", plan.name())
        .add("description", plan.description())
        .add("memory", plan.memoryBytes())
        .add(Element.object("cpu").add(Element.object("topology").add("cores", plan.cores())));
  }
}
