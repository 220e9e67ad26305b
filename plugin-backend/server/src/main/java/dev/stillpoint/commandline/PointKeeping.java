package dev.stillpoint.commandline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stillpoint.terminal.Table;
import dev.stillpoint.terminal.Wording;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stillpoint points delete}, {@code hold}, {@code release} and {@code holds}. */
final class PointKeeping {

  private static final String SITE_OF_LATEST =
      "The site of latest:VM; needed when there are several.";

  private PointKeeping() {}

  /** Adds them to the commands on points. */
  static CommandLine addTo(Object points, Session session) {
    return new CommandLine(points)
        .addSubcommand("delete", new Delete(session))
        .addSubcommand("hold", new Hold(session))
        .addSubcommand("release", new Release(session))
        .addSubcommand("holds", new ListHolds(session));
  }

  @Command(
      description = {
        "Deletes restore points for ever.",
        "All that are named, or none. The space comes back with the next collection; --dry-run says"
            + " about how much."
      })
  private static final class Delete implements Callable<Integer> {

    private final Session session;

    @Parameters(arity = "1..*", paramLabel = "POINT", description = PointName.DESCRIPTION)
    private List<String> points = new ArrayList<>();

    @Option(names = "--site", defaultValue = "", paramLabel = "SITE", description = SITE_OF_LATEST)
    private String site = "";

    @Option(names = "--dry-run", description = "Only say what would be deleted and come free.")
    private boolean dryRun;

    Delete(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() {
      Api api = session.api();
      ObjectNode body = api.newBody().put("dryRun", dryRun);
      ArrayNode ids = body.putArray("points");
      points.forEach(point -> ids.add(PointName.id(session, api, point, site)));
      return session.answer(
          api.postAndWait("/points/deletions", body), deletion -> print(deletion.document()));
    }

    private void print(JsonNode deletion) {
      boolean deleted = deletion.path("deleted").asBoolean();
      Table table = new Table("VM", ">POINTS", ">FREES ABOUT");
      for (JsonNode vm : deletion.path("vms")) {
        table.row(
            vm.path("vmName").asText(),
            vm.path("points").asText(),
            vm.has("bytesFreed") ? Wording.size(vm.path("bytesFreed")) : "?");
      }
      table.print(session.out());
      session
          .out()
          .printf(
              "%d restore points %s; the next collection gives back at most about %s.%n",
              deletion.path("points").size(),
              deleted ? "are deleted" : "would be deleted",
              Wording.size(deletion.path("bytesFreed")));
    }
  }

  @Command(description = "Keeps a restore point beyond its time, where the server allows it.")
  private static final class Hold implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "POINT", description = PointName.DESCRIPTION)
    private String point = "";

    @Option(
        names = "--reason",
        required = true,
        paramLabel = "TEXT",
        description = "Why: others will wonder.")
    private String reason = "";

    @Option(
        names = "--until",
        defaultValue = "",
        paramLabel = "INSTANT",
        description = "Until then, such as 2027-01-31T00:00:00Z; else until it is released.")
    private String until = "";

    @Option(names = "--site", defaultValue = "", paramLabel = "SITE", description = SITE_OF_LATEST)
    private String site = "";

    Hold(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() {
      Api api = session.api();
      ObjectNode body = api.newBody().put("reason", reason);
      if (!until.isEmpty()) {
        body.put("until", until);
      }
      String id = PointName.id(session, api, point, site);
      return session.answer(
          api.put(Api.path("holds", id), body),
          held -> session.out().println("Restore point " + id + " is held."));
    }
  }

  @Command(description = "Lets a held restore point go when its time ends, or has ended.")
  private static final class Release implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "POINT", description = "The restore point's id.")
    private String point = "";

    Release(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() {
      return session.answer(
          session.api().delete(Api.path("holds", point)),
          gone -> session.out().println("Restore point " + point + " is held no longer."));
    }
  }

  @Command(description = "Lists the restore points that are held.")
  private static final class ListHolds implements Callable<Integer> {

    private final Session session;

    ListHolds(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() {
      return session.answer(
          session.api().get("/holds"),
          holds -> {
            Table table = new Table("POINT", "UNTIL", "BY", "SINCE", "REASON");
            for (JsonNode hold : holds.items()) {
              table.row(
                  hold.path("point").asText(),
                  Wording.time(hold.path("until"), session.around().zone()),
                  hold.path("who").asText(),
                  Wording.time(hold.path("since"), session.around().zone()),
                  hold.path("reason").asText());
            }
            table.print(session.out());
          });
    }
  }
}
