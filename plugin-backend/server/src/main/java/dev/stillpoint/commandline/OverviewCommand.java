package dev.stillpoint.commandline;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stillpoint.terminal.Table;
import dev.stillpoint.terminal.Wording;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code stillpoint overview}. */
@Command(
    description =
        "Shows what is unprotected, when the repository will be full, and what takes the most.")
final class OverviewCommand implements Callable<Integer> {

  private final Session session;

  OverviewCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    return session.answer(session.api().get("/overview"), answer -> print(answer.document()));
  }

  private void print(JsonNode overview) {
    PrintWriter out = session.out();
    overview.path("sites").forEach(site -> print(out, site));
    JsonNode space = overview.path("space");
    out.printf(
        "Space       %s used, of which about %s reclaimable; %s free%n",
        Wording.size(space.path("usedBytes")),
        Wording.size(space.path("reclaimableBytes")),
        Wording.size(space.path("freeBytes")));
    JsonNode forecast = overview.path("forecast");
    out.printf(
        "Full on     %s (%s a day; %s)%n",
        forecast.path("fullOn").asText("not known"),
        ProtectionTable.growth(forecast.path("bytesPerDay")),
        Wording.harmless(forecast.path("reason").asText()));
    if (!overview.path("largest").isEmpty()) {
      out.println();
      Table largest = new Table("VM", ">ALONE", ">SHARED", ">RECLAIMABLE");
      for (JsonNode vm : overview.path("largest")) {
        largest.row(
            vm.path("name").asText(),
            Wording.size(vm.path("bytesUnique")),
            Wording.size(vm.path("bytesShared")),
            Wording.size(vm.path("bytesReclaimable")));
      }
      largest.print(out);
    }
  }

  private static void print(PrintWriter out, JsonNode site) {
    JsonNode vms = site.path("vms");
    String name = Wording.harmless(site.path("name").asText());
    if (!vms.isObject()) {
      out.printf(
          "Site        %s: %s%n",
          name, Wording.harmless(site.path("problem").path("detail").asText()));
      return;
    }
    out.printf(
        "Site        %s: %d VMs protected, %d waiting for their first point, %d UNPROTECTED, %d gone%n",
        name,
        vms.path("safe").asInt(),
        vms.path("waiting").asInt(),
        vms.path("unprotected").asInt(),
        vms.path("gone").asInt());
    for (JsonNode vm : site.path("unprotected")) {
      out.printf(
          "            %s: %s%n",
          Wording.harmless(vm.path("name").asText()), Wording.harmless(vm.path("reason").asText()));
    }
  }
}
