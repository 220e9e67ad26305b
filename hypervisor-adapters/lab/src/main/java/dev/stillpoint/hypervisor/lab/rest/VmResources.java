package dev.stillpoint.hypervisor.lab.rest;

import dev.stillpoint.hypervisor.lab.doc.Element;
import dev.stillpoint.hypervisor.lab.model.EngineFault;
import dev.stillpoint.hypervisor.lab.model.Vm;
import dev.stillpoint.hypervisor.lab.model.World;
import java.util.List;

/** {@code /vms} and what is done to a VM as a whole. */
final class VmResources {
  private final World world;
  private final Engine engine;
  private final VmDocuments documents;

  VmResources(World world, Engine engine, VmDocuments documents) {
    this.world = world;
    this.engine = engine;
    this.documents = documents;
  }

  void addTo(Routes routes) {
    routes.add("GET", "vms", this::list);
    routes.add("POST", "vms", this::create);
    routes.add("GET", "vms/{}", call -> Answer.ok(show(visible(call), call)));
    routes.add("PUT", "vms/{}", this::update);
    routes.add("DELETE", "vms/{}", this::remove);
    routes.add("POST", "vms/{}/start", this::start);
    routes.add("POST", "vms/{}/stop", call -> stop(call, "stop"));
    routes.add("POST", "vms/{}/shutdown", call -> stop(call, "shutdown"));
    routes.add("POST", "vms/{}/freezefilesystems", this::freeze);
    routes.add("POST", "vms/{}/thawfilesystems", this::thaw);
    routes.add("GET", "vms/{}/statistics", call -> Answer.ok(documents.statistics(visible(call))));
    routes.add("GET", "vms/{}/snapshots", call -> Answer.ok(documents.snapshots(visible(call))));
    routes.add("GET", "vms/{}/snapshots/{}", this::snapshot);
    routes.add("GET", "vms/{}/snapshots/{}/disks", this::snapshotDisks);
    routes.add("DELETE", "vms/{}/snapshots/{}", this::removeSnapshot);
  }

  /** The VM in the path, if the caller may see it. */
  static Vm visible(World world, Call call) {
    Vm vm = world.vm(call.id(0));
    if (!call.account().sees(world, vm, call.filtered())) {
      throw EngineFault.missing();
    }
    return vm;
  }

  private Vm visible(Call call) {
    return visible(world, call);
  }

  private Vm mine(Call call) {
    call.requireAdmin();
    return visible(call);
  }

  private Element show(Vm vm, Call call) {
    return documents.vm(vm, call.follow(), call.filtered(), call.flag("all_content"));
  }

  private Answer list(Call call) {
    if (!call.account().admin() && call.query().getOrDefault("filter", "").equals("false")) {
      throw EngineFault.wrong("query execution failed due to insufficient permissions.");
    }
    List<Vm> seen =
        world.vms().values().stream()
            .filter(vm -> call.account().sees(world, vm, call.filtered()))
            .toList();
    long max =
        call.parameter("max").map(Long::parseLong).filter(n -> n >= 0).orElse(Long.MAX_VALUE);
    List<Vm> found = Search.parse(call.query().getOrDefault("search", "")).in(seen);
    return Answer.ok(
        Element.list("vms").addAll(found.stream().limit(max).map(vm -> show(vm, call)).toList()));
  }

  private Answer create(Call call) {
    call.requireAdmin();
    if (call.body().find("initialization/configuration").isPresent()) {
      throw EngineFault.wrong("The lab does not import VMs from an OVF.");
    }
    Vm vm = engine.vms().create(call.body().id(), settings(call.body()));
    return Answer.created(documents.vm(vm, call.follow(), false, true));
  }

  /** What a request says about settings; the rest has its own place in the model. */
  private static Element settings(Element body) {
    Element settings = Element.object("vm");
    List<String> elsewhere =
        List.of("id", "cluster", "template", "status", "initialization", "link", "actions", "host");
    body.children().stream()
        .filter(child -> !elsewhere.contains(child.name()))
        .forEach(settings::add);
    return settings;
  }

  private Answer update(Call call) {
    Vm vm = mine(call);
    engine.vms().update(vm, settings(call.body()));
    return Answer.ok(show(vm, call));
  }

  private Answer remove(Call call) {
    Vm vm = mine(call);
    engine.vms().remove(vm, call.flag("detach_only"));
    return Answer.doneByJob("remove " + vm.id());
  }

  private Answer start(Call call) {
    Vm vm = mine(call);
    engine.vms().start(vm);
    Element action = Answer.doneByJob("start " + vm.id()).body().orElseThrow();
    return Answer.ok(action.add(documents.bare(vm)));
  }

  private Answer stop(Call call, String action) {
    Vm vm = mine(call);
    engine.vms().stop(vm, action);
    return Answer.doneByJob(action + " " + vm.id());
  }

  /** There is no guest agent; nothing happens but what the engine says. */
  private Answer freeze(Call call) {
    engine.vms().freeze(mine(call));
    return Answer.done();
  }

  private Answer thaw(Call call) {
    mine(call);
    return Answer.done();
  }

  private Answer snapshot(Call call) {
    Vm vm = visible(call);
    return Answer.ok(documents.snapshot(vm, engine.vms().snapshot(vm, call.id(1))));
  }

  private Answer snapshotDisks(Call call) {
    Vm vm = visible(call);
    return Answer.ok(documents.snapshotDisks(vm, engine.vms().snapshot(vm, call.id(1))));
  }

  private Answer removeSnapshot(Call call) {
    engine.vms().removeSnapshot(mine(call), call.id(1));
    return Answer.doneByJob("snapshot " + call.id(1));
  }
}
