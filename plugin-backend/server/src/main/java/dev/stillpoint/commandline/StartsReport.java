package dev.stillpoint.commandline;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stillpoint.terminal.Table;
import dev.stillpoint.terminal.Wording;
import java.io.PrintWriter;
import java.time.ZoneId;

/** When a policy starts, in words: in the user's zone, in the policy's and in UTC. */
final class StartsReport {

  private StartsReport() {}

  static void print(PrintWriter out, ZoneId zone, JsonNode starts) {
    Table next = new Table("STARTS IN THE HOUR FROM", "IN ITS ZONE", "UTC");
    for (JsonNode start : starts.path("items")) {
      next.row(
          Wording.time(start.path("begin"), zone),
          start.path("local").asText() + " " + start.path("zone").asText(),
          start.path("begin").asText());
    }
    next.print(out);
    for (JsonNode note : starts.path("notes")) {
      out.println(Wording.harmless(note.asText()));
    }
    if (starts.path("refusal").isObject()) {
      out.println("Refused: " + Wording.harmless(starts.path("refusal").path("detail").asText()));
      out.println("    " + Wording.harmless(starts.path("refusal").path("remedy").asText()));
    }
    if (!starts.path("past").isEmpty()) {
      out.println();
      Table past = new Table("SLOT", "RUN", "REMARK");
      for (JsonNode slot : starts.path("past")) {
        past.row(
            Wording.time(slot.path("begin"), zone),
            slot.has("run") ? slot.path("run").asText() : "missed",
            slot.path("reason").asText());
      }
      past.print(out);
    }
  }
}
