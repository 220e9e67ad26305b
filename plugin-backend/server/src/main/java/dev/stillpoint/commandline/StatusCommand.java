package dev.stillpoint.commandline;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stillpoint.terminal.Wording;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code stillpoint status}. */
@Command(description = "Shows whether the server is well and what it is doing.")
final class StatusCommand implements Callable<Integer> {

  private final Session session;

  StatusCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    return session.answer(session.api().get("/status"), answer -> print(answer.document()));
  }

  private void print(JsonNode status) {
    PrintWriter out = session.out();
    JsonNode repository = status.path("repository");
    JsonNode queue = status.path("queue");
    out.println("Stillpoint  " + status.path("version").asText());
    out.println("Health      " + status.path("status").asText());
    for (JsonNode part : status.path("parts")) {
      out.printf(
          "            %s: %s. %s%n",
          part.path("name").asText(),
          part.path("status").asText(),
          Wording.harmless(part.path("reason").asText()));
    }
    out.println("Repository  " + Wording.harmless(repository.path("directory").asText()));
    out.printf(
        "            %d restore points%n            %s%n",
        repository.path("points").asLong(), Wording.space(repository));
    for (JsonNode finding : repository.path("findings")) {
      out.println("            DAMAGE: " + Wording.harmless(finding.asText()));
    }
    out.printf(
        "Queue       %s; %d waiting%n",
        queue.has("running") ? "run " + queue.path("running").asText() + " is running" : "no run",
        queue.path("waiting").asLong());
    long leftovers = status.path("leftovers").asLong();
    out.println(
        "Leftovers   "
            + (leftovers == 0 ? "none" : leftovers + " on the managers: stillpoint leftovers"));
  }
}
