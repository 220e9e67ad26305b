package dev.stillpoint.commandline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stillpoint.terminal.ExitCode;
import dev.stillpoint.terminal.Wording;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code stillpoint repository status}: of the server's repository, which nobody else can open. */
@Command(
    description = {
      "Shows the server's repository: its space, and what is being collected.",
      "Unlike the other commands here it asks the server."
    })
final class RepositoryStatusCommand implements Callable<Integer> {

  private final Session session;

  RepositoryStatusCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Api api = session.api();
    JsonNode repository = api.get("/repository").document();
    JsonNode collection = api.get("/repository/collection").document();
    if (session.json()) {
      ObjectNode both = api.newBody();
      both.set("repository", repository);
      both.set("collection", collection);
      session.out().println(both);
    } else {
      session
          .out()
          .println("Repository  " + Wording.harmless(repository.path("directory").asText()));
      session.out().println("            " + Wording.space(repository));
      for (JsonNode finding : repository.path("findings")) {
        session.out().println("            DAMAGE: " + Wording.harmless(finding.asText()));
      }
      print(session, collection);
    }
    return ExitCode.OK;
  }

  /** Also what {@code stillpoint collect} shows. */
  static void print(Session session, JsonNode collection) {
    PrintWriter out = session.out();
    JsonNode running = collection.path("running");
    if (running.isObject()) {
      out.printf(
          "Collection  runs since %s: %s%n",
          Wording.time(running.path("started"), session.around().zone()), progress(running));
    }
    JsonNode last = collection.path("last");
    if (last.isObject()) {
      printLast(session, last);
    }
    if (!running.isObject()) {
      JsonNode next = collection.path("next");
      out.printf(
          "Next        %s: %s%n",
          next.path("start").asBoolean() ? "begins at the next look" : "not yet",
          Wording.harmless(next.path("reason").asText()));
    }
  }

  private static String progress(JsonNode running) {
    long total = running.path("total").asLong();
    boolean bytes = running.path("step").asText().equals("rewrite");
    String done =
        bytes ? Wording.size(running.path("done")) : String.valueOf(running.path("done").asLong());
    String of = total == 0 ? "" : " of " + (bytes ? Wording.size(total) : String.valueOf(total));
    return running.path("step").asText() + " " + done + of;
  }

  private static void printLast(Session session, JsonNode last) {
    PrintWriter out = session.out();
    String when = Wording.time(last.path("ended"), session.around().zone());
    JsonNode figures = last.path("figures");
    if (!figures.isObject()) {
      out.printf(
          "Last        failed %s: %s%n",
          when, Wording.harmless(last.path("problem").path("detail").asText()));
      return;
    }
    out.printf(
        "Last        %s, %s: %s before, %s %s; %s reclaimable are left%n",
        when,
        Wording.harmless(last.path("why").asText()),
        Wording.size(figures.path("bytesBefore")),
        Wording.size(figures.path("bytesAfter")),
        figures.path("dryRun").asBoolean() ? "would be left" : "after",
        Wording.size(figures.path("bytesReclaimable")));
    figures
        .path("reasons")
        .forEach(reason -> out.println("            " + Wording.harmless(reason.asText())));
  }
}
