package dev.stillpoint.hypervisor.lab.control;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stillpoint.hypervisor.lab.model.LabFaults.Switch;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The state of the lab as a page for people. */
final class StatePage {
  private static final long MIB = 1L << 20;
  private static final String HEAD =
      """
      <!DOCTYPE html>
      <html lang="en"><head><meta charset="utf-8"><meta http-equiv="refresh" content="3">
      <title>Stillpoint lab</title>
      <style>
        body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem;
               padding: 0 1rem; color: #1b1d21; background: #fff; }
        h1 { font-size: 1.5rem; } h2 { font-size: 1.1rem; margin-top: 2rem; }
        table { border-collapse: collapse; width: 100%; }
        th, td { text-align: left; padding: .3rem .6rem; border-bottom: 1px solid #d2d2d2; }
        td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; }
        code { font-size: .85em; } .quiet { color: #5b6068; } .bad { color: #a30000; }
        @media (prefers-color-scheme: dark) {
          body { color: #e6e7e9; background: #151515; } th, td { border-color: #444; }
          .quiet { color: #a9adb3; } .bad { color: #ff8a80; } }
      </style></head><body>
      <h1>Stillpoint lab</h1>
      <p>This is <strong>not</strong> an oVirt engine. It is a small program that answers like one,
      so that Stillpoint can be tried and tested without a data center. The disks are real files,
      with real content that changes while guests write; there are no processors, no memory and no
      operating systems behind these machines. It listens on this computer only.</p>
      """;

  /** Columns of amounts, which stand to the right. */
  private static final Set<String> NUMERIC = Set.of("Size", "In use", "Written by guests", "Moved");

  private final JsonNode state;
  private final StringBuilder out = new StringBuilder(HEAD);
  private final Map<String, String> names = new HashMap<>();

  StatePage(JsonNode state) {
    this.state = state;
  }

  String html() {
    state.get("vms").forEach(vm -> names.put(text(vm, "id"), text(vm, "name")));
    state.get("disks").forEach(disk -> names.put(text(disk, "id"), text(disk, "name")));
    boolean writing = state.get("guests").get("writing").asBoolean();
    out.append("<p class=\"quiet\">Guests ")
        .append(writing ? "are writing." : "are not writing.")
        .append(" This page renews itself.</p>");
    vms();
    disks();
    backups();
    transfers();
    lines("Leftovers", "Nothing is left over of backups and restores.", "leftovers");
    faults();
    return out.append("</body></html>\n").toString();
  }

  private void vms() {
    table("Virtual machines", List.of("Name", "Status", "Disks", "MAC", "Checkpoints"));
    for (JsonNode vm : state.get("vms")) {
      row(
          text(vm, "name"),
          text(vm, "status"),
          namesOf(vm.get("disks")),
          joined(vm.get("macs")),
          Integer.toString(vm.get("checkpoints").size()));
    }
    endTable(state.get("vms"));
  }

  private void disks() {
    table("Disks", List.of("Name", "Format", "Size", "In use", "Written by guests", "State", "VM"));
    for (JsonNode disk : state.get("disks")) {
      row(
          text(disk, "name"),
          text(disk, "format"),
          mib(disk, "sizeBytes"),
          mib(disk, "actualBytes"),
          mib(disk, "writtenBytes"),
          disk.get("locked").asBoolean() ? "locked" : "ok",
          namesOf(disk.get("vms")));
    }
    endTable(state.get("disks"));
  }

  private void backups() {
    table("Backups", List.of("VM", "Phase", "Id"));
    int count = 0;
    for (JsonNode vm : state.get("vms")) {
      for (JsonNode backup : vm.get("backups")) {
        row(text(vm, "name"), text(backup, "phase"), text(backup, "id"));
        count++;
      }
    }
    out.append(count == 0 ? "</table><p class=\"quiet\">None.</p>" : "</table>");
  }

  private void transfers() {
    table("Transfers", List.of("Disk", "Direction", "Phase", "Moved"));
    for (JsonNode transfer : state.get("transfers")) {
      String disk = text(transfer, "disk");
      row(
          names.getOrDefault(disk, disk),
          text(transfer, "direction"),
          text(transfer, "phase"),
          mib(transfer, "movedBytes"));
    }
    endTable(state.get("transfers"));
  }

  private void faults() {
    table("Faults", List.of("Switch", "State", "What happens"));
    for (Switch fault : Switch.values()) {
      boolean on = state.get("faults").path(fault.key()).asBoolean();
      row(fault.key(), on ? "on" : "off", fault.meaning());
    }
    out.append("</table>");
  }

  private void lines(String title, String none, String member) {
    out.append("<h2>").append(title).append("</h2>");
    if (state.get(member).isEmpty()) {
      out.append("<p class=\"quiet\">").append(none).append("</p>");
      return;
    }
    out.append("<ul>");
    state
        .get(member)
        .forEach(line -> out.append("<li>").append(escaped(line.asText())).append("</li>"));
    out.append("</ul>");
  }

  private void table(String title, List<String> heads) {
    out.append("<h2>").append(title).append("</h2><table><tr>");
    for (String head : heads) {
      out.append(NUMERIC.contains(head) ? "<th class=\"n\">" : "<th>").append(head).append("</th>");
    }
    out.append("</tr>");
  }

  private void endTable(JsonNode rows) {
    out.append(rows.isEmpty() ? "</table><p class=\"quiet\">None.</p>" : "</table>");
  }

  private void row(String... cells) {
    out.append("<tr>");
    for (String cell : cells) {
      out.append(cell.endsWith(" MiB") ? "<td class=\"n\">" : "<td>")
          .append(escaped(cell))
          .append("</td>");
    }
    out.append("</tr>");
  }

  private String namesOf(JsonNode ids) {
    StringBuilder text = new StringBuilder();
    for (JsonNode id : ids) {
      text.append(text.isEmpty() ? "" : ", ").append(names.getOrDefault(id.asText(), id.asText()));
    }
    return text.toString();
  }

  private static String joined(JsonNode values) {
    StringBuilder text = new StringBuilder();
    values.forEach(value -> text.append(text.isEmpty() ? "" : ", ").append(value.asText()));
    return text.toString();
  }

  private static String mib(JsonNode node, String member) {
    return String.format(Locale.ROOT, "%,d MiB", node.get(member).asLong() / MIB);
  }

  private static String text(JsonNode node, String member) {
    return node.path(member).asText();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
