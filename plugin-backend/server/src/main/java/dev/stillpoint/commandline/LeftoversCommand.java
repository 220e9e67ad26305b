package dev.stillpoint.commandline;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stillpoint.terminal.ExitCode;
import dev.stillpoint.terminal.Table;
import dev.stillpoint.terminal.Wording;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code stillpoint leftovers}. */
@Command(
    description = {
      "Lists what runs made on the managers and have not released yet.",
      "Snapshots, transfers, disks. The server releases them when a run ends and when it starts."
    })
final class LeftoversCommand implements Callable<Integer> {

  private final Session session;

  @Option(
      names = "--others",
      description = "Also what backups of others may have left; that is never touched.")
  private boolean others;

  LeftoversCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    String query = Api.query("others", others ? "true" : "");
    return session.answer(session.api().get("/leftovers" + query), this::print);
  }

  @Command(description = "Releases now what is ours and no unfinished run needs.")
  int clear() {
    Answer cleared = session.api().post("/leftovers/clear");
    session.answer(cleared, this::printCleared);
    return cleared.document().path("left").asInt() == 0 ? ExitCode.OK : ExitCode.CONFLICT;
  }

  private void printCleared(Answer cleared) {
    int left = cleared.document().path("left").asInt();
    int before = cleared.document().path("before").asInt();
    session.out().println(Math.max(0, before - left) + " released, " + left + " left.");
    printProblems(cleared.document().path("problems"));
  }

  private void printProblems(JsonNode problems) {
    for (JsonNode problem : problems) {
      session.out().println(Wording.harmless(problem.path("detail").asText()));
      session.out().println("  " + Wording.harmless(problem.path("remedy").asText()));
    }
  }

  private void print(Answer leftovers) {
    Table table = new Table("KIND", "REFERENCE", "SITE", "RUN", "SINCE");
    for (JsonNode leftover : leftovers.items()) {
      table.row(
          leftover.path("kind").asText(),
          leftover.path("reference").asText(),
          leftover.path("site").asText(),
          leftover.path("run").asText(),
          Wording.time(leftover.path("since"), session.around().zone()));
    }
    if (leftovers.items().iterator().hasNext()) {
      table.print(session.out());
    } else {
      session.out().println("Nothing of Stillpoint's is left on any manager.");
    }
    if (others) {
      printOthers(leftovers.document());
    }
  }

  private void printOthers(JsonNode document) {
    session.out().println();
    Table table = new Table("OF OTHERS", "VM", "STATE", ">SIZE", "SINCE", "REFERENCE", "SITE");
    for (JsonNode stray : document.path("others")) {
      table.row(
          stray.path("kind").asText() + " " + stray.path("name").asText(),
          stray.path("vmName").asText(),
          stray.path("state").asText(),
          Wording.size(stray.path("bytes")),
          Wording.time(stray.path("since"), session.around().zone()),
          stray.path("reference").asText(),
          stray.path("site").asText());
    }
    if (document.path("others").isEmpty()) {
      session.out().println("Nothing of others looks left behind.");
    } else {
      table.print(session.out());
    }
    printProblems(document.path("problems"));
  }
}
