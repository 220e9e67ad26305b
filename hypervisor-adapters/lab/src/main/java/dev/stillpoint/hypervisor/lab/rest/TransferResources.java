package dev.stillpoint.hypervisor.lab.rest;

import dev.stillpoint.hypervisor.lab.doc.Element;
import dev.stillpoint.hypervisor.lab.model.Backup;
import dev.stillpoint.hypervisor.lab.model.Disk;
import dev.stillpoint.hypervisor.lab.model.EngineFault;
import dev.stillpoint.hypervisor.lab.model.LabFaults;
import dev.stillpoint.hypervisor.lab.model.Transfer;
import dev.stillpoint.hypervisor.lab.model.World;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** {@code /imagetransfers}. */
final class TransferResources {
  private final World world;
  private final Engine engine;
  private final Supplier<String> imageUrl;

  TransferResources(World world, Engine engine, Supplier<String> imageUrl) {
    this.world = world;
    this.engine = engine;
    this.imageUrl = imageUrl;
  }

  void addTo(Routes routes) {
    routes.add("GET", "imagetransfers", this::list);
    routes.add("POST", "imagetransfers", this::open);
    routes.add("GET", "imagetransfers/{}", call -> Answer.ok(document(world.transfer(call.id(0)))));
    action(routes, "pause", engine.transfers()::pause);
    action(routes, "resume", engine.transfers()::resume);
    action(routes, "extend", engine.transfers()::extend);
    action(routes, "cancel", engine.transfers()::cancel);
    action(routes, "finalize", engine.transfers()::finish);
  }

  private void action(Routes routes, String name, Consumer<Transfer> work) {
    routes.add(
        "POST",
        "imagetransfers/{}/" + name,
        call -> {
          call.requireAdmin();
          work.accept(world.transfer(call.id(0)));
          return Answer.done();
        });
  }

  private Answer list(Call call) {
    call.requireAdmin();
    return Answer.ok(
        Element.list("image_transfers")
            .addAll(world.transfers().values().stream().map(this::document).toList()));
  }

  private Answer open(Call call) {
    call.requireAdmin();
    Element body = call.body();
    String diskId =
        body.idAt("disk")
            .or(() -> body.idAt("image"))
            .orElseThrow(
                () ->
                    EngineFault.incomplete(
                        "ImageTransfer [image.id|disk.id|snapshot.id] required for add"));
    Disk disk = world.disk(diskId);
    Optional<String> backupId = body.idAt("backup");
    Transfer transfer =
        backupId.isPresent()
            ? engine.transfers().open(disk, backup(backupId.get()), wish(body))
            : engine.transfers().open(disk, wish(body));
    return Answer.created(document(transfer));
  }

  private Backup backup(String id) {
    return world.vms().values().stream()
        .flatMap(vm -> Optional.ofNullable(vm.backups().get(id)).stream())
        .findFirst()
        .orElseThrow(
            () ->
                EngineFault.conflict(
                    "Cannot transfer Virtual Disk. The specified VM backup does not exist."));
  }

  private Transfer.Wish wish(Element body) {
    return new Transfer.Wish(
        !body.textAt("direction").equals(Optional.of("download")),
        body.textAt("format"),
        body.textAt("inactivity_timeout")
            .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
            .orElse(world.times().idleLimit()),
        body.textAt("timeout_policy")
            .map(word -> Transfer.IdlePolicy.valueOf(word.toUpperCase(Locale.ROOT)))
            .orElse(Transfer.IdlePolicy.LEGACY));
  }

  /** The engine never says which disk or backup a transfer is of, only which image. */
  private Element document(Transfer transfer) {
    Element element = Hrefs.ref("image_transfer", "imagetransfers", transfer.id());
    element
        .add(
            Hrefs.actions(
                element.attributes().get("href"),
                "pause",
                "extend",
                "finalize",
                "resume",
                "cancel"))
        .add("active", false)
        .add("direction", transfer.isUpload() ? "upload" : "download");
    transfer.format().ifPresent(format -> element.add("format", format));
    element
        .add("inactivity_timeout", transfer.idleLimit().toSeconds())
        .add("phase", phase(transfer));
    String path = "/images/" + transfer.ticket().id();
    boolean reachable = !transfer.phase().isEnd();
    if (reachable) {
      element.add("proxy_url", imageUrl.get() + path);
    }
    element.add("shallow", false).add("timeout_policy", transfer.policy().word());
    if (reachable) {
      element.add("transfer_url", hostUrl() + path);
    }
    return element
        .add("transferred", transfer.ticket().movedBytes())
        .add(Hrefs.host())
        .add(Element.ref("image", transfer.disk().id()));
  }

  private String hostUrl() {
    return world.faults().isOn(LabFaults.Switch.HOST_UNRESOLVABLE)
        ? imageUrl.get().replace("127.0.0.1", "labhost1.invalid")
        : imageUrl.get();
  }

  private String phase(Transfer transfer) {
    return world.faults().isOn(LabFaults.Switch.UNKNOWN_PHASE)
        ? "pondering"
        : transfer.phase().word();
  }
}
