package dev.stillpoint.hypervisor.lab.control;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stillpoint.hypervisor.lab.fleet.Guests;
import dev.stillpoint.hypervisor.lab.model.Attachment;
import dev.stillpoint.hypervisor.lab.model.Backup;
import dev.stillpoint.hypervisor.lab.model.Disk;
import dev.stillpoint.hypervisor.lab.model.LabFaults.Switch;
import dev.stillpoint.hypervisor.lab.model.Nic;
import dev.stillpoint.hypervisor.lab.model.Transfer;
import dev.stillpoint.hypervisor.lab.model.Vm;
import dev.stillpoint.hypervisor.lab.model.World;

/** Everything in the lab as one JSON document; to be used with the world locked. */
final class StateJson {
  private final World world;
  private final Guests guests;

  StateJson(World world, Guests guests) {
    this.world = world;
    this.guests = guests;
  }

  ObjectNode state() {
    ObjectNode state = JsonNodeFactory.instance.objectNode();
    ArrayNode vms = state.putArray("vms");
    world.vms().values().forEach(vm -> vms.add(vm(vm)));
    ArrayNode disks = state.putArray("disks");
    world.disks().values().forEach(disk -> disks.add(disk(disk)));
    ArrayNode transfers = state.putArray("transfers");
    world.transfers().values().forEach(transfer -> transfers.add(transfer(transfer)));
    ArrayNode leftovers = state.putArray("leftovers");
    world.leftovers().forEach(leftovers::add);
    state.putObject("guests").put("writing", guests.isWriting());
    state.set("faults", faults());
    return state;
  }

  /** Which faults are switched on. */
  ObjectNode faults() {
    ObjectNode faults = JsonNodeFactory.instance.objectNode();
    for (Switch one : Switch.values()) {
      faults.put(one.key(), world.faults().isOn(one));
    }
    return faults;
  }

  private static ObjectNode vm(Vm vm) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("id", vm.id()).put("name", vm.name()).put("status", vm.status().word());
    ArrayNode disks = node.putArray("disks");
    vm.attachments().keySet().forEach(disks::add);
    vm.attachments().values().stream()
        .filter(Attachment::bootable)
        .findFirst()
        .ifPresent(boot -> node.put("bootDisk", boot.disk()));
    ArrayNode macs = node.putArray("macs");
    vm.nics().values().stream().map(Nic::mac).forEach(macs::add);
    ArrayNode checkpoints = node.putArray("checkpoints");
    vm.checkpoints().forEach(checkpoint -> checkpoints.add(checkpoint.id()));
    ArrayNode backups = node.putArray("backups");
    vm.backups().values().forEach(backup -> backups.add(backup(backup)));
    return node;
  }

  private static ObjectNode backup(Backup backup) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("id", backup.id()).put("phase", backup.phase().word());
    ObjectNode disks = node.putObject("disks");
    backup.disks().forEach(disk -> disks.put(disk.id(), backup.mode(disk.id())));
    return node;
  }

  private ObjectNode disk(Disk disk) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("id", disk.id())
        .put("name", disk.name())
        .put("format", disk.spec().format())
        .put("sizeBytes", disk.content().sizeBytes())
        .put("actualBytes", disk.actualBytes())
        .put("writtenBytes", disk.writtenBytes())
        .put("locked", disk.isLocked());
    ArrayNode holders = node.putArray("vms");
    world.holders(disk).forEach(vm -> holders.add(vm.id()));
    return node;
  }

  private static ObjectNode transfer(Transfer transfer) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", transfer.id())
        .put("direction", transfer.isUpload() ? "upload" : "download")
        .put("phase", transfer.phase().word())
        .put("disk", transfer.disk().id())
        .put("movedBytes", transfer.ticket().movedBytes());
  }
}
