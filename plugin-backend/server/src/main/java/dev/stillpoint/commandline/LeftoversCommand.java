package dev.stillpoint.commandline;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stillpoint.terminal.Table;
import dev.stillpoint.terminal.Wording;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code stillpoint leftovers}. */
@Command(
    description = {
      "Lists what runs made on the managers and have not released yet.",
      "Snapshots, transfers, disks. The server releases them when a run ends and when it starts."
    })
final class LeftoversCommand implements Callable<Integer> {

  private final Session session;

  LeftoversCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    return session.answer(session.api().get("/leftovers"), this::print);
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
  }
}
