package dev.stillpoint.commandline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stillpoint.terminal.Table;
import dev.stillpoint.terminal.Wording;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stillpoint policies keep} and {@code retention}. */
final class RetentionCommands {

  private static final String NAME_OR_ID = "Its name or id.";

  private RetentionCommands() {}

  /** Adds them to the commands on policies. */
  static CommandLine addTo(Object policies, Session session) {
    return new CommandLine(policies)
        .addSubcommand("keep", new Keep(session))
        .addSubcommand("retention", new Preview(session));
  }

  @Command(
      description = {
        "Sets how long a policy's points are kept.",
        "What was fixed for points that there are stays fixed; the rules beyond it hold for all."
      })
  private static final class Keep implements Callable<Integer> {

    private final Session session;

    @Parameters(index = "0", paramLabel = "POLICY", description = NAME_OR_ID)
    private String policy = "";

    @Mixin private final PolicyRetention retention = new PolicyRetention();

    Keep(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() {
      Api api = session.api();
      JsonNode now = api.get(Api.path("policies", policy)).document();
      ObjectNode body = PoliciesCommand.content(api, now);
      body.set("enabled", now.path("enabled"));
      retention.putInto(body.putObject("retention"));
      return session.answer(
          api.put(Api.path("policies", now.path("id").asText()), body),
          changed -> session.out().println("Policy " + policy + " keeps its points as you said."));
    }
  }

  @Command(
      description = {
        "Shows which points of a policy are kept, which go, and why.",
        "With options of retention: as if the policy had these rules. Nothing is deleted."
      })
  private static final class Preview implements Callable<Integer> {

    private final Session session;

    @Parameters(index = "0", paramLabel = "POLICY", description = NAME_OR_ID)
    private String policy = "";

    @Option(
        names = "--at",
        paramLabel = "INSTANT",
        defaultValue = "",
        description = "What it would be then, such as 2026-12-24T18:00:00Z; else now.")
    private String at = "";

    @Option(names = "--expiring", description = "Only points that go.")
    private boolean expiring;

    @Mixin private final PolicyRetention draft = new PolicyRetention();

    Preview(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() {
      Api api = session.api();
      String path = Api.path("policies", policy, "retention") + Api.query("at", at);
      ObjectNode body = api.newBody();
      draft.putInto(body);
      return session.answer(draft.isGiven() ? api.post(path, body) : api.get(path), this::print);
    }

    private void print(Answer plan) {
      Table table = new Table("POINT", "VM", "TIME", "DECISION", "REASON");
      List<JsonNode> shown = new ArrayList<>();
      plan.items().forEach(shown::add);
      for (JsonNode point : shown) {
        boolean goes = point.path("decision").asText().equals("expire");
        if (goes || !expiring) {
          table.row(
              point.path("point").asText(),
              point.path("vmName").asText(),
              Wording.time(point.path("time"), session.around().zone()),
              goes ? "EXPIRES" : "kept",
              point.path("reason").asText());
        }
      }
      table.print(session.out());
      session
          .out()
          .printf("%d of %d points go.%n", plan.document().path("expiring").asInt(), shown.size());
    }
  }
}
