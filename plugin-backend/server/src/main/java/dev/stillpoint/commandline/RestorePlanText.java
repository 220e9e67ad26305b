package dev.stillpoint.commandline;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stillpoint.terminal.Table;
import dev.stillpoint.terminal.Wording;
import java.io.PrintWriter;

/** What the restore of a VM would do, in words. */
final class RestorePlanText {

  private final PrintWriter out;

  RestorePlanText(PrintWriter out) {
    this.out = out;
  }

  void print(JsonNode plan) {
    out.printf(
        "Restore point %s %s %s%n%n",
        plan.path("point").asText(),
        plan.path("mode").asText().equals("in-place") ? "into VM" : "as the new VM",
        Wording.harmless(plan.path("vmName").asText()));
    Table disks = new Table("DISK", ">SIZE", ">TO WRITE", "STORAGE", "REPLACES DISK");
    for (JsonNode disk : plan.path("disks")) {
      disks.row(
          disk.path("name").asText(),
          Wording.size(disk.path("bytesVirtual")),
          Wording.size(disk.path("bytesToWrite")),
          disk.path("storage").asText(),
          disk.path("replaces").asText());
    }
    disks.print(out);
    if (!plan.path("nics").isEmpty()) {
      out.println();
      VmsCommand.printNics(out, plan.path("nics"));
    }
    remarks(plan);
  }

  /** What is to be known, and what stands against it. */
  void remarks(JsonNode plan) {
    plan.path("notes").forEach(note -> out.println("Note: " + Wording.harmless(note.asText())));
    for (JsonNode refusal : plan.path("refusals")) {
      out.println("Refused: " + Wording.harmless(refusal.path("detail").asText()));
      out.println("         " + Wording.harmless(refusal.path("remedy").asText()));
    }
  }
}
