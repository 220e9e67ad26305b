package dev.stillpoint.commandline;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stillpoint.terminal.ExitCode;
import dev.stillpoint.terminal.Table;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code stillpoint metering}. */
@Command(
    description = {
      "Shows for how long how much was kept in a month, by VM and policy.",
      "Hours are counted from the start of a run's slot, a begun one in full, each in the month in which"
          + " it begins."
    })
final class MeteringCommand implements Callable<Integer> {

  private final Session session;

  @Option(
      names = "--month",
      paramLabel = "MONTH",
      defaultValue = "",
      description = "Such as 2026-04; else the present one.")
  private String month = "";

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      defaultValue = "",
      description = "Show the hours of this time zone's month beside those of UTC.")
  private String zone = "";

  @Option(names = "--csv", description = "Print a table for a spreadsheet.")
  private boolean csv;

  MeteringCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Api api = session.api();
    String path = "/metering" + Api.query("month", month, "zone", zone);
    if (csv) {
      session.out().print(api.getCsv(path));
      return ExitCode.OK;
    }
    return session.answer(api.get(path), this::print);
  }

  private void print(Answer metering) {
    String local = metering.document().path("zone").asText();
    Table table =
        new Table(
            "VM",
            "POLICY",
            ">POINTS",
            ">HOURS UTC",
            ">HOURS " + local,
            ">LOGICAL GiBh",
            ">STORED GiBh",
            ">UNIQUE GiBh");
    for (JsonNode line : metering.items()) {
      table.row(
          line.path("vmName").asText(),
          line.path("policyName").asText(line.path("policy").asText()),
          line.path("points").asText(),
          line.path("hours").asText(),
          line.path("localHours").asText(),
          line.path("logicalGibHours").asText(),
          line.path("storedGibHours").asText(),
          line.path("uniqueGibHours").asText());
    }
    table.print(session.out());
  }
}
