package dev.stillpoint.hypervisor.lab.rest;

import dev.stillpoint.hypervisor.lab.doc.Element;
import dev.stillpoint.hypervisor.lab.model.Backup;
import dev.stillpoint.hypervisor.lab.model.Backups;
import dev.stillpoint.hypervisor.lab.model.Checkpoint;
import dev.stillpoint.hypervisor.lab.model.Disk;
import dev.stillpoint.hypervisor.lab.model.EngineFault;
import dev.stillpoint.hypervisor.lab.model.Ids;
import dev.stillpoint.hypervisor.lab.model.LabFaults;
import dev.stillpoint.hypervisor.lab.model.Vm;
import dev.stillpoint.hypervisor.lab.model.World;
import java.util.List;

/** Backups and checkpoints of a VM. */
final class BackupResources {
  private final World world;
  private final Engine engine;
  private final DiskDocuments disks;

  BackupResources(World world, Engine engine, DiskDocuments disks) {
    this.world = world;
    this.engine = engine;
    this.disks = disks;
  }

  void addTo(Routes routes) {
    routes.add("GET", "vms/{}/backups", this::list);
    routes.add("POST", "vms/{}/backups", this::start);
    routes.add(
        "GET", "vms/{}/backups/{}", call -> Answer.ok(document(backup(call), call.follow())));
    routes.add("GET", "vms/{}/backups/{}/disks", call -> Answer.ok(parts(backup(call))));
    routes.add("POST", "vms/{}/backups/{}/finalize", this::finish);
    routes.add("GET", "vms/{}/checkpoints", this::checkpoints);
    routes.add("GET", "vms/{}/checkpoints/{}", this::checkpoint);
    routes.add("GET", "vms/{}/checkpoints/{}/disks", this::checkpointDisks);
    routes.add("DELETE", "vms/{}/checkpoints/{}", this::removeCheckpoint);
  }

  private Vm vm(Call call) {
    if (!call.account().admin()) {
      throw EngineFault.wrong("query execution failed due to insufficient permissions.");
    }
    return VmResources.visible(world, call);
  }

  private Backup backup(Call call) {
    return engine.backups().backup(vm(call), call.id(1));
  }

  private Answer list(Call call) {
    return Answer.ok(
        Element.list("backups")
            .addAll(
                vm(call).backups().values().stream()
                    .map(one -> document(one, call.follow()))
                    .toList()));
  }

  private Answer start(Call call) {
    call.requireAdmin();
    Element body = call.body();
    List<String> ids =
        body.find("disks").stream()
            .flatMap(list -> list.children("disk").stream())
            .flatMap(disk -> disk.id().stream())
            .toList();
    Backups.Wish wish =
        new Backups.Wish(
            body.id(),
            body.textAt("from_checkpoint_id"),
            body.textAt("description"),
            ids,
            call.flag("legacy"),
            call.flag("require_consistency"));
    return Answer.created(document(engine.backups().start(vm(call), wish), call.follow()));
  }

  private Answer finish(Call call) {
    engine.backups().finish(backup(call));
    return Answer.done();
  }

  private Element document(Backup backup, Follow follow) {
    Element element = Hrefs.ref("backup", "vms/" + backup.vm().id() + "/backups", backup.id());
    String href = element.attributes().get("href");
    element.add(Hrefs.actions(href, "finalize")).addAll(Hrefs.links(href, "disks"));
    backup.description().ifPresent(text -> element.add("description", text));
    element.add(Element.date("creation_date", backup.created()));
    backup.from().ifPresent(id -> element.add("from_checkpoint_id", id));
    element.add(Element.date("modification_date", backup.modified())).add("phase", phase(backup));
    backup.to().ifPresent(id -> element.add("to_checkpoint_id", id));
    backup.snapshot().ifPresent(id -> element.add(Element.ref("snapshot", id)));
    switch (backup.flow()) {
      case HYBRID -> {}
      case LIVE -> element.add(Hrefs.host());
      case COLD -> element.add(Hrefs.ref("host", "hosts", Ids.NONE));
    }
    element.add(Hrefs.vm(backup.vm().id()));
    if (follow.wants("disks")) {
      element.add(parts(backup));
    }
    return element;
  }

  private String phase(Backup backup) {
    return world.faults().isOn(LabFaults.Switch.UNKNOWN_PHASE)
        ? "pondering"
        : backup.phase().word();
  }

  private Element parts(Backup backup) {
    return Element.list("disks")
        .addAll(
            backup.disks().stream()
                .map(disk -> disks.backupDisk(disk, backup.mode(disk.id())))
                .toList());
  }

  private Answer checkpoints(Call call) {
    Vm vm = vm(call);
    return Answer.ok(
        Element.list("checkpoints")
            .addAll(vm.checkpoints().stream().map(one -> document(vm, one)).toList()));
  }

  private Answer checkpoint(Call call) {
    Vm vm = vm(call);
    return Answer.ok(document(vm, engine.backups().existingCheckpoint(vm, call.id(1))));
  }

  private static Element document(Vm vm, Checkpoint checkpoint) {
    Element element = Hrefs.ref("checkpoint", "vms/" + vm.id() + "/checkpoints", checkpoint.id());
    element
        .addAll(Hrefs.links(element.attributes().get("href"), "disks"))
        .add(Element.date("creation_date", checkpoint.created()));
    checkpoint.parent().ifPresent(id -> element.add("parent_id", id));
    return element.add("state", checkpoint.valid() ? "created" : "invalid").add(Hrefs.vm(vm.id()));
  }

  private Answer checkpointDisks(Call call) {
    Checkpoint checkpoint = engine.backups().existingCheckpoint(vm(call), call.id(1));
    List<Disk> held = checkpoint.disks().stream().map(world::disk).toList();
    return Answer.ok(Element.list("disks").addAll(held.stream().map(disks::disk).toList()));
  }

  private Answer removeCheckpoint(Call call) {
    engine.backups().removeCheckpoint(vm(call), call.id(1));
    return Answer.done();
  }
}
