package dev.stillpoint.hypervisor.lab.fleet;

import dev.stillpoint.hypervisor.lab.block.BaseImage;
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
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Puts a fleet into a world. Ids follow from names, so a lab that starts again has the same. */
public final class FleetLoader {
  private final World world;
  private final Vms vms;
  private final Disks disks;
  private final Nics nics;
  private final List<Guests.Known> known = new ArrayList<>();

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
    Map<String, DiskContent.Prepared> prepared = prepare(fleet, cache);
    for (VmPlan plan : fleet.vms()) {
      load(plan, prepared);
    }
    return new Guests(world, known);
  }

  /** Images take a while where they are not cached, so several are made at a time. */
  private static Map<String, DiskContent.Prepared> prepare(LabFleet fleet, Path cache)
      throws IOException {
    try {
      return fleet.vms().parallelStream()
          .flatMap(vm -> vm.disks().stream())
          .collect(Collectors.toMap(DiskPlan::name, disk -> prepare(disk, cache)));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static DiskContent.Prepared prepare(DiskPlan disk, Path cache) {
    try {
      return disk.content().prepare(cache, disk.name(), disk.sizeBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void load(VmPlan plan, Map<String, DiskContent.Prepared> prepared) throws IOException {
    Vm vm = vms.prepare(Ids.named("vm " + plan.name()), settings(plan), plan.up());
    for (DiskPlan disk : plan.disks()) {
      Disk loaded = load(disk, prepared.get(disk.name()).base());
      GuestArea area = prepared.get(disk.name()).area();
      known.add(new Guests.Known(vm.id(), disk.name(), disk.sizeBytes(), area));
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

  private Disk load(DiskPlan plan, Optional<BaseImage> base) throws IOException {
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
            world.domains().get(plan.domain()).id(),
            DiskSpec.Kind.IMAGE);
    Disk disk = disks.prepare(Ids.named("disk " + plan.name()), spec, base);
    plan.content().fill(disk.content());
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
