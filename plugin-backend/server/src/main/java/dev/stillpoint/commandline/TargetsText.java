package dev.stillpoint.commandline;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stillpoint.terminal.Table;
import dev.stillpoint.terminal.Wording;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where VMs can be restored to, in tables. */
final class TargetsText {

  private final PrintWriter out;

  TargetsText(PrintWriter out) {
    this.out = out;
  }

  void print(JsonNode targets) {
    Map<String, String> names = new HashMap<>();
    Table clusters = new Table("CLUSTER", "ID");
    for (JsonNode cluster : targets.path("clusters")) {
      names.put(cluster.path("id").asText(), cluster.path("name").asText());
      clusters.row(cluster.path("name").asText(), cluster.path("id").asText());
    }
    clusters.print(out);
    out.println();
    Table storages = new Table("STORAGE", ">AVAILABLE", "USABLE", "CLUSTERS", "ID");
    for (JsonNode storage : targets.path("storages")) {
      List<String> serves = new ArrayList<>();
      storage.path("clusters").forEach(id -> serves.add(names.getOrDefault(id.asText(), "")));
      storages.row(
          storage.path("name").asText(),
          Wording.size(storage.path("bytesAvailable")),
          storage.path("usable").asBoolean() ? "yes" : "no",
          String.join(", ", serves),
          storage.path("id").asText());
    }
    storages.print(out);
    out.println();
    Table networks = new Table("NETWORK", "PROFILE", "ID");
    for (JsonNode network : targets.path("networks")) {
      networks.row(
          network.path("network").asText(),
          network.path("name").asText(),
          network.path("id").asText());
    }
    networks.print(out);
  }
}
