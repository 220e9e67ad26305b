package dev.stillpoint.commandline;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stillpoint.terminal.Table;
import dev.stillpoint.terminal.Wording;

/** Which VMs are protected, and what their points come to. */
final class ProtectionTable {

  private ProtectionTable() {}

  static void print(Session session, Answer vms) {
    Table table =
        new Table(
            "NAME",
            "STATE",
            "LAST POINT",
            "NEXT START",
            ">POINTS",
            ">ALONE",
            ">SHARED",
            ">RECLAIMABLE",
            ">GROWTH/DAY",
            "WHY");
    for (JsonNode vm : vms.items()) {
      JsonNode figures = vm.path("figures");
      table.row(
          vm.path("name").asText(),
          vm.path("state").asText(),
          Wording.time(vm.path("lastPoint"), session.around().zone()),
          Wording.time(vm.path("nextStart"), session.around().zone()),
          figures.path("points").asText(),
          Wording.size(figures.path("bytesUnique")),
          Wording.size(figures.path("bytesShared")),
          Wording.size(figures.path("bytesReclaimable")),
          growth(figures.path("bytesGrowthPerDay")),
          vm.path("reason").asText());
    }
    table.print(session.out());
  }

  /** It may be negative, which no amount of bytes is. */
  static String growth(JsonNode bytes) {
    if (!bytes.isNumber()) {
      return "?";
    }
    long perDay = bytes.asLong();
    return perDay < 0 ? "-" + Wording.size(-perDay) : Wording.size(perDay);
  }
}
