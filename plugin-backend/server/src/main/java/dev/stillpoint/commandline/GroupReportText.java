package dev.stillpoint.commandline;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stillpoint.terminal.Table;
import dev.stillpoint.terminal.Wording;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** In which order a run read its VMs, and what that cost, in words. */
final class GroupReportText {

  private final PrintWriter out;

  GroupReportText(PrintWriter out) {
    this.out = out;
  }

  /** Nothing, for a run that has no such report. */
  void print(JsonNode report) {
    if (report.path("vms").isEmpty()) {
      return;
    }
    out.println();
    out.printf(
        "Read %s by %s, readers: %d. Snapshots together: %s%n",
        report.path("order").asText(),
        by(report),
        report.path("readers").asInt(),
        batches(report.path("batches")));
    Table table =
        new Table("READ", "BATCH", ">UNDER SNAPSHOT", ">READING", ">LOAD", ">CARRIED", "WHY");
    for (JsonNode vm : report.path("vms")) {
      table.row(
          vm.path("vmName").asText(),
          String.valueOf(vm.path("batch").asInt() + 1),
          time(vm.path("snapshotSeconds")),
          time(vm.path("readSeconds")),
          Wording.size(Math.round(vm.path("bytesPerSecond").asDouble())) + "/s",
          Wording.size(Math.round(vm.path("loadSeconds").asDouble())),
          vm.path("reason").asText());
    }
    table.print(out);
    out.printf("Carried under snapshot  %s%n", cost(report.path("cost")));
    out.printf(
        "In the order given      %s%s%n",
        cost(report.path("fifoCost")), times(report.path("cost"), report.path("fifoCost")));
    out.println();
  }

  private static String by(JsonNode report) {
    String by = report.path("by").asText();
    return by.equals("vm") ? by : by + ", " + report.path("collective").asText() + " over its VMs";
  }

  private static String batches(JsonNode batches) {
    List<String> texts = new ArrayList<>();
    for (JsonNode batch : batches) {
      texts.add(
          String.format(
              Locale.ROOT,
              "%d within %.3f s",
              batch.path("vms").asInt(),
              batch.path("skewSeconds").asDouble()));
    }
    return texts.size() <= 3
        ? String.join(", ", texts)
        : String.join(", ", texts.subList(0, 3)) + " and " + (texts.size() - 3) + " batches more";
  }

  private static String cost(JsonNode cost) {
    return "%s of guests' I/O, %s of snapshots"
        .formatted(
            Wording.size(Math.round(cost.path("loadSeconds").asDouble())),
            time(cost.path("snapshotSeconds")));
  }

  private static String times(JsonNode cost, JsonNode fifo) {
    double mine = cost.path("loadSeconds").asDouble();
    return mine > 0
        ? String.format(Locale.ROOT, " (%.2f times)", fifo.path("loadSeconds").asDouble() / mine)
        : "";
  }

  private static String time(JsonNode seconds) {
    return Wording.duration(Duration.ofMillis(Math.round(seconds.asDouble() * 1000)));
  }
}
