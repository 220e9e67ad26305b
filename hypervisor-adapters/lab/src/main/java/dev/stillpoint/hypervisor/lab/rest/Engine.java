package dev.stillpoint.hypervisor.lab.rest;

import dev.stillpoint.hypervisor.lab.model.Backups;
import dev.stillpoint.hypervisor.lab.model.Disks;
import dev.stillpoint.hypervisor.lab.model.Host;
import dev.stillpoint.hypervisor.lab.model.Nics;
import dev.stillpoint.hypervisor.lab.model.Transfers;
import dev.stillpoint.hypervisor.lab.model.Vms;
import dev.stillpoint.hypervisor.lab.model.World;

/** All that can be done in a world. */
public record Engine(
    Vms vms, Disks disks, Nics nics, Backups backups, Transfers transfers, Host host) {
  public static Engine of(World world) {
    Disks disks = new Disks(world);
    Vms vms = new Vms(world, disks);
    return new Engine(
        vms,
        disks,
        new Nics(world),
        new Backups(world, vms, disks),
        new Transfers(world, disks),
        new Host(world, vms));
  }
}
