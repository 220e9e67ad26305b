package dev.stillpoint.hypervisor.lab.rest;

import dev.stillpoint.hypervisor.lab.doc.Element;
import dev.stillpoint.hypervisor.lab.model.Attachment;
import dev.stillpoint.hypervisor.lab.model.EngineFault;
import dev.stillpoint.hypervisor.lab.model.Ids;
import dev.stillpoint.hypervisor.lab.model.Nic;
import dev.stillpoint.hypervisor.lab.model.Nics;
import dev.stillpoint.hypervisor.lab.model.Vm;
import dev.stillpoint.hypervisor.lab.model.World;
import java.util.Optional;

/** What hangs on a VM: disks, network cards, the CD drive. */
final class DeviceResources {
  private static final Follow NOTHING = Follow.parse("");

  private final World world;
  private final Engine engine;
  private final VmDocuments documents;

  DeviceResources(World world, Engine engine, VmDocuments documents) {
    this.world = world;
    this.engine = engine;
    this.documents = documents;
  }

  void addTo(Routes routes) {
    routes.add(
        "GET",
        "vms/{}/diskattachments",
        call -> Answer.ok(documents.attachments(visible(call), call.follow())));
    routes.add("POST", "vms/{}/diskattachments", this::attach);
    routes.add("GET", "vms/{}/diskattachments/{}", this::attachment);
    routes.add("PUT", "vms/{}/diskattachments/{}", this::changeAttachment);
    routes.add("DELETE", "vms/{}/diskattachments/{}", this::detach);
    routes.add("GET", "vms/{}/nics", call -> Answer.ok(documents.nics(visible(call))));
    routes.add("POST", "vms/{}/nics", this::addNic);
    routes.add("GET", "vms/{}/nics/{}", this::nic);
    routes.add("PUT", "vms/{}/nics/{}", this::changeNic);
    routes.add("DELETE", "vms/{}/nics/{}", this::removeNic);
    routes.add(
        "GET",
        "vms/{}/cdroms",
        call -> Answer.ok(documents.cdroms(visible(call), call.flag("current"))));
    routes.add("GET", "vms/{}/cdroms/{}", this::cdrom);
    routes.add("PUT", "vms/{}/cdroms/{}", this::changeCd);
  }

  private Vm visible(Call call) {
    return VmResources.visible(world, call);
  }

  private Vm mine(Call call) {
    call.requireAdmin();
    return visible(call);
  }

  private Answer attach(Call call) {
    Vm vm = mine(call);
    String disk =
        call.body()
            .idAt("disk")
            .or(call.body()::id)
            .orElseThrow(() -> EngineFault.incomplete("DiskAttachment [disk.id] required for add"));
    String bus =
        call.body()
            .textAt("interface")
            .orElseThrow(
                () -> EngineFault.incomplete("DiskAttachment [interface] required for add"));
    Attachment blank = new Attachment(disk, bus, false, true, false, false);
    Attachment attachment = merged(blank, call.body());
    engine.disks().attach(vm, attachment);
    return Answer.created(documents.attachment(vm, attachment, NOTHING));
  }

  private static Attachment merged(Attachment old, Element change) {
    return new Attachment(
        old.disk(),
        change.textAt("interface").orElse(old.bus()),
        flag(change, "bootable").orElse(old.bootable()),
        flag(change, "active").orElse(old.active()),
        flag(change, "pass_discard").orElse(old.passDiscard()),
        flag(change, "read_only").orElse(old.readOnly()));
  }

  private static Optional<Boolean> flag(Element element, String name) {
    return element.textAt(name).map(Boolean::valueOf);
  }

  private static Attachment existing(Vm vm, String disk) {
    return Optional.ofNullable(vm.attachments().get(disk)).orElseThrow(EngineFault::missing);
  }

  private Answer attachment(Call call) {
    Vm vm = visible(call);
    return Answer.ok(documents.attachment(vm, existing(vm, call.id(1)), call.follow()));
  }

  private Answer changeAttachment(Call call) {
    Vm vm = mine(call);
    Attachment changed = merged(existing(vm, call.id(1)), call.body());
    engine.disks().change(vm, changed);
    return Answer.ok(documents.attachment(vm, changed, NOTHING));
  }

  private Answer detach(Call call) {
    boolean keep = call.parameter("detach_only").map(Boolean::valueOf).orElse(true);
    engine.disks().detach(mine(call), call.id(1), !keep);
    return Answer.done();
  }

  private Answer addNic(Call call) {
    Vm vm = mine(call);
    return Answer.created(documents.nic(vm, engine.nics().add(vm, wish(call.body()))));
  }

  private static Nics.Wish wish(Element body) {
    return new Nics.Wish(
        body.textAt("name"),
        body.textAt("interface"),
        body.textAt("mac/address"),
        body.idAt("vnic_profile"),
        flag(body, "linked"),
        flag(body, "plugged"));
  }

  private Answer nic(Call call) {
    Vm vm = visible(call);
    return Answer.ok(documents.nic(vm, engine.nics().nic(vm, call.id(1))));
  }

  private Answer changeNic(Call call) {
    Vm vm = mine(call);
    Nic nic = engine.nics().update(vm, call.id(1), wish(call.body()));
    return Answer.ok(documents.nic(vm, nic));
  }

  private Answer removeNic(Call call) {
    engine.nics().remove(mine(call), call.id(1));
    return Answer.done();
  }

  private Answer cdrom(Call call) {
    Vm vm = visible(call);
    if (!call.id(1).equals(Ids.NONE)) {
      throw EngineFault.missing();
    }
    return Answer.ok(documents.cdrom(vm, call.flag("current")));
  }

  private Answer changeCd(Call call) {
    Vm vm = mine(call);
    boolean current = call.flag("current");
    Optional<String> file = call.body().idAt("file").filter(id -> !id.isEmpty());
    engine.vms().changeCd(vm, file, current);
    return Answer.ok(documents.cdrom(vm, current));
  }
}
