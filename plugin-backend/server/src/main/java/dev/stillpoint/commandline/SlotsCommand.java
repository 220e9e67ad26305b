package dev.stillpoint.commandline;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stillpoint.terminal.Table;
import dev.stillpoint.terminal.Wording;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code stillpoint slots}. */
@Command(
    description = {
      "Which policies start in which hour of a week.",
      "Hours in which nothing starts are left out; with --json they are there."
    })
final class SlotsCommand implements Callable<Integer> {

  private final Session session;

  @Option(
      names = "--from",
      defaultValue = "",
      paramLabel = "INSTANT",
      description = "Begin there, like 2026-11-21T05:00:00Z, and not with the present hour.")
  private String from = "";

  SlotsCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    return session.answer(
        session.api().get("/slots" + Api.query("from", from)), week -> print(week.document()));
  }

  private void print(JsonNode week) {
    Table table = new Table("HOUR", "UTC", ">STARTS", ">TOGETHER", "POLICIES");
    for (JsonNode hour : week.path("items")) {
      if (hour.path("load").asInt() > 0) {
        table.row(
            Wording.time(hour.path("begin"), session.around().zone()),
            hour.path("begin").asText(),
            hour.path("load").asText() + " of " + week.path("capacity").asText(),
            length(hour.path("predictedSeconds")),
            names(hour.path("starts")));
      }
    }
    table.print(session.out());
  }

  private static String length(JsonNode seconds) {
    return seconds.asDouble() > 0
        ? Wording.duration(Duration.ofMillis(Math.round(seconds.asDouble() * 1000)))
        : "";
  }

  private static String names(JsonNode starts) {
    List<String> names = new ArrayList<>();
    starts.forEach(start -> names.add(start.path("name").asText()));
    return names.size() <= 4
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, 3)) + " and " + (names.size() - 3) + " more";
  }
}
