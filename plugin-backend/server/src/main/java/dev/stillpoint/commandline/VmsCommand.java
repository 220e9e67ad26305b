package dev.stillpoint.commandline;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stillpoint.terminal.Table;
import dev.stillpoint.terminal.Wording;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stillpoint vms …}. */
@Command(description = "The VMs of a site.")
final class VmsCommand {

  private static final String SITE = "The site; needed when there are several.";

  private final Session session;

  VmsCommand(Session session) {
    this.session = session;
  }

  @Command(description = "Lists a site's VMs.")
  int list(
      @Option(names = "--site", defaultValue = "", paramLabel = "SITE", description = SITE)
          String site) {
    Api api = session.api();
    Answer answer = api.get(Api.path("sites", session.siteId(api, site), "vms"));
    return session.answer(answer, this::print);
  }

  @Command(description = "Shows one VM: hardware, disks, network.")
  int show(
      @Parameters(paramLabel = "VM", description = "Its name or id.") String vm,
      @Option(names = "--site", defaultValue = "", paramLabel = "SITE", description = SITE)
          String site) {
    Api api = session.api();
    Answer answer = api.get(Api.path("sites", session.siteId(api, site), "vms", vm));
    return session.answer(answer, shown -> print(session.out(), shown.document()));
  }

  private void print(Answer vms) {
    Table table = new Table("NAME", "POWER", "CLUSTER", ">DISKS", ">SIZE", "ID");
    for (JsonNode vm : vms.items()) {
      table.row(
          vm.path("name").asText(),
          vm.path("power").asText(),
          vm.path("cluster").asText(),
          vm.path("disks").asText(),
          Wording.size(vm.path("provisionedBytes")),
          vm.path("id").asText());
    }
    table.print(session.out());
  }

  /** A VM's settings, live or as a restore point keeps them. */
  static void print(PrintWriter out, JsonNode vm) {
    JsonNode hardware = vm.path("hardware");
    Table head = new Table("VM", vm.path("name").asText());
    head.row("Id", vm.path("id").asText());
    head.row("Description", vm.path("description").asText());
    head.row("Power", vm.path("power").asText());
    head.row("Cluster", vm.path("cluster").path("name").asText());
    head.row(
        "Processors",
        hardware.path("sockets").asText()
            + " sockets, "
            + hardware.path("coresPerSocket").asText()
            + " cores each, "
            + hardware.path("threadsPerCore").asText()
            + " threads each");
    head.row("Memory", Wording.size(hardware.path("memoryBytes")));
    head.row("Firmware", hardware.path("firmware").asText());
    head.row("Operating system", vm.path("operatingSystem").asText());
    head.row("Boot order", String.join(", ", texts(vm.path("bootOrder"))));
    head.print(out);
    out.println();
    printDisks(out, vm.path("disks"));
    if (!vm.path("nics").isEmpty()) {
      out.println();
      printNics(out, vm.path("nics"));
    }
  }

  private static void printDisks(PrintWriter out, JsonNode items) {
    Table disks =
        new Table(
            "DISK", ">SIZE", "FORMAT", "STORAGE", "BUS", "BOOT", "TRACKING", "ID", "NOT BACKED UP");
    for (JsonNode disk : items) {
      disks.row(
          disk.path("name").asText(),
          Wording.size(disk.path("bytesVirtual")),
          disk.path("format").asText(),
          name(disk.path("storage")),
          disk.path("bus").asText(),
          Wording.yesNo(disk.path("bootable").asBoolean()),
          Wording.yesNo(disk.path("changeTracking").asBoolean()),
          disk.path("id").asText(),
          disk.path("backupRefusal").asText());
    }
    disks.print(out);
  }

  static void printNics(PrintWriter out, JsonNode items) {
    Table nics = new Table("NIC", "MODEL", "MAC", "NETWORK", "LINKED", "PLUGGED");
    for (JsonNode nic : items) {
      nics.row(
          nic.path("name").asText(),
          nic.path("model").asText(),
          nic.path("mac").asText(),
          name(nic.path("network")),
          Wording.yesNo(nic.path("linked").asBoolean()),
          Wording.yesNo(nic.path("plugged").asBoolean()));
    }
    nics.print(out);
  }

  /** A reference is a name, or an object that has one. */
  private static String name(JsonNode reference) {
    return reference.isObject() ? reference.path("name").asText() : reference.asText();
  }

  private static List<String> texts(JsonNode items) {
    List<String> texts = new ArrayList<>();
    items.forEach(item -> texts.add(item.asText()));
    return texts;
  }
}
