package dev.stillpoint.commandline;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stillpoint.terminal.Table;
import dev.stillpoint.terminal.Wording;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
          String site,
      @Option(
              names = "--load",
              description =
                  "Also how busy the VMs' disks are. Operations are told from the second call on,"
                      + " 15 seconds or more after the first.")
          boolean load,
      @Option(names = "--placement", description = "Also hosts, storages, tags, affinity groups.")
          boolean placement,
      @Option(
              names = "--protection",
              description = "Instead: which are protected by what, and what their points take.")
          boolean protection) {
    Api api = session.api();
    if (protection) {
      return session.answer(
          api.all(Api.path("sites", session.siteId(api, site), "protection")),
          vms -> ProtectionTable.print(session, vms));
    }
    Answer answer =
        api.get(
            Api.path("sites", session.siteId(api, site), "vms")
                + Api.query("load", load ? "true" : "", "placement", placement ? "true" : ""));
    return session.answer(answer, vms -> print(vms, load, placement));
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

  @Command(description = "What became of the last backup of each VM; --sort name, ended.")
  int states(@Mixin VmStateOptions filter) {
    return session.answer(session.api().get("/vm-states" + filter.query()), this::printStates);
  }

  private void printStates(Answer states) {
    Table table = new Table("VM", "LAST BACKUP", "ENDED", "LAST GOOD", "PROBLEM");
    for (JsonNode vm : states.items()) {
      table.row(
          vm.path("vmName").asText(),
          vm.path("state").asText(),
          Wording.time(vm.path("ended"), session.around().zone()),
          Wording.time(vm.path("good"), session.around().zone()),
          vm.path("problem").asText());
    }
    table.print(session.out());
    PageOptions.printNext(session.out(), states.document());
  }

  private void print(Answer vms, boolean load, boolean placement) {
    List<String> headings = new ArrayList<>(List.of("NAME", "POWER", "CLUSTER", ">DISKS", ">SIZE"));
    if (load) {
      headings.addAll(List.of(">READ/s", ">WRITTEN/s", ">READS/s", ">WRITES/s"));
    }
    if (placement) {
      headings.addAll(List.of("HOST", "STORAGES", "TAGS", "AFFINITY"));
    }
    headings.add("ID");
    Table table = new Table(headings.toArray(String[]::new));
    for (JsonNode vm : vms.items()) {
      List<String> cells =
          new ArrayList<>(
              List.of(
                  vm.path("name").asText(),
                  vm.path("power").asText(),
                  vm.path("cluster").asText(),
                  vm.path("disks").asText(),
                  Wording.size(vm.path("provisionedBytes"))));
      if (load) {
        cells.addAll(loadCells(vm.path("load")));
      }
      if (placement) {
        JsonNode place = vm.path("placement");
        cells.add(place.path("host").asText());
        cells.add(String.join(", ", texts(place.path("storages"))));
        cells.add(String.join(", ", texts(place.path("tags"))));
        cells.add(String.join(", ", texts(place.path("affinityGroups"))));
      }
      cells.add(vm.path("id").asText());
      table.row(cells.toArray(String[]::new));
    }
    table.print(session.out());
  }

  /** A VM that is off has no load; one that was just seen for the first time has no operations. */
  private static List<String> loadCells(JsonNode load) {
    return load.isMissingNode()
        ? List.of("", "", "", "")
        : List.of(
            Wording.size(load.path("bytesReadPerSecond")),
            Wording.size(load.path("bytesWrittenPerSecond")),
            operations(load.path("readsPerSecond")),
            operations(load.path("writesPerSecond")));
  }

  private static String operations(JsonNode perSecond) {
    return perSecond.isMissingNode() ? "?" : Long.toString(Math.round(perSecond.asDouble()));
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
    printAttributes(head, vm.path("attributes"));
    head.print(out);
    out.println();
    printDisks(out, vm.path("disks"));
    if (!vm.path("nics").isEmpty()) {
      out.println();
      printNics(out, vm.path("nics"));
    }
  }

  private static void printAttributes(Table head, JsonNode attributes) {
    rowIfAny(head, "Tags", texts(attributes.path("tags")));
    rowIfAny(head, "Affinity groups", texts(attributes.path("affinityGroups")));
    rowIfAny(head, "Affinity labels", texts(attributes.path("affinityLabels")));
    List<String> properties = new ArrayList<>();
    attributes
        .path("customProperties")
        .fields()
        .forEachRemaining(one -> properties.add(one.getKey() + "=" + one.getValue().asText()));
    rowIfAny(head, "Custom properties", properties);
    for (JsonNode one : attributes.path("permissions")) {
      head.row("Permission", one.path("role").asText() + " for " + one.path("holder").asText());
    }
    attributes.path("unread").forEach(gap -> head.row("Could not be read", gap.asText()));
  }

  private static void rowIfAny(Table head, String what, List<String> values) {
    if (!values.isEmpty()) {
      head.row(what, String.join(", ", values));
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
    Table nics = new Table("NIC", "MODEL", "MAC", "NETWORK", "LINKED", "PLUGGED", "ADDRESSES");
    for (JsonNode nic : items) {
      nics.row(
          nic.path("name").asText(),
          nic.path("model").asText(),
          nic.path("mac").asText(),
          name(nic.path("network")),
          Wording.yesNo(nic.path("linked").asBoolean()),
          Wording.yesNo(nic.path("plugged").asBoolean()),
          String.join(", ", texts(nic.path("guestAddresses"))));
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
