package dev.stillpoint.hypervisor.lab.rest;

import dev.stillpoint.hypervisor.lab.doc.Element;
import dev.stillpoint.hypervisor.lab.model.Disk;
import dev.stillpoint.hypervisor.lab.model.DiskSpec;
import dev.stillpoint.hypervisor.lab.model.EngineFault;
import dev.stillpoint.hypervisor.lab.model.StorageDomain;
import dev.stillpoint.hypervisor.lab.model.World;
import java.util.Optional;

/** {@code /disks}. */
final class DiskResources {
  private final World world;
  private final Engine engine;
  private final DiskDocuments documents;

  DiskResources(World world, Engine engine, DiskDocuments documents) {
    this.world = world;
    this.engine = engine;
    this.documents = documents;
  }

  void addTo(Routes routes) {
    routes.add("GET", "disks", this::list);
    routes.add("POST", "disks", this::create);
    routes.add("GET", "disks/{}", call -> Answer.ok(documents.disk(world.disk(call.id(0)))));
    routes.add("PUT", "disks/{}", this::update);
    routes.add("DELETE", "disks/{}", this::remove);
    routes.add(
        "GET",
        "disks/{}/statistics",
        call -> Answer.ok(documents.statistics(world.disk(call.id(0)))));
  }

  private Answer list(Call call) {
    call.requireAdmin();
    return Answer.ok(
        Element.list("disks")
            .addAll(world.disks().values().stream().map(documents::disk).toList()));
  }

  private Answer create(Call call) {
    call.requireAdmin();
    Element body = call.body();
    long initial = body.textAt("initial_size").map(Long::parseLong).orElse(0L);
    Disk disk = engine.disks().create(body.id(), spec(body), initial);
    return Answer.created(documents.disk(disk));
  }

  private DiskSpec spec(Element body) {
    Optional<Element> wanted = body.find("storage_domains/storage_domain");
    StorageDomain domain =
        world.domains().stream()
            .filter(one -> wanted.isPresent() && isMeant(one, wanted.get()))
            .findFirst()
            .orElseThrow(
                () ->
                    EngineFault.incomplete(
                        "Disk [storageDomains.storageDomain.id|name] required for add"));
    return new DiskSpec(
        body.textAt("name").or(() -> body.textAt("alias")).orElse(""),
        body.textAt("description").orElse(""),
        body.textAt("format").orElse("raw"),
        body.textAt("sparse").map(Boolean::parseBoolean).orElse(true),
        body.textAt("provisioned_size").map(Long::parseLong).orElse(0L),
        body.textAt("backup").filter("incremental"::equals).isPresent(),
        body.textAt("content_type").orElse("data"),
        domain.id(),
        kind(body));
  }

  private static DiskSpec.Kind kind(Element body) {
    if (body.find("lun_storage").isPresent()) {
      return DiskSpec.Kind.DIRECT_LUN;
    }
    return body.textAt("shareable").filter("true"::equals).isPresent()
        ? DiskSpec.Kind.SHAREABLE
        : DiskSpec.Kind.IMAGE;
  }

  private static boolean isMeant(StorageDomain domain, Element wanted) {
    return wanted
        .id()
        .map(domain.id()::equals)
        .or(() -> wanted.textAt("name").map(domain.name()::equals))
        .orElse(false);
  }

  private Answer update(Call call) {
    call.requireAdmin();
    Disk disk = world.disk(call.id(0));
    Optional<String> name = call.body().textAt("name").or(() -> call.body().textAt("alias"));
    engine.disks().update(disk, name, call.body().textAt("description"));
    return Answer.ok(documents.disk(disk));
  }

  private Answer remove(Call call) {
    call.requireAdmin();
    engine.disks().remove(world.disk(call.id(0)));
    return call.flag("async") ? Answer.accepted() : Answer.done();
  }
}
