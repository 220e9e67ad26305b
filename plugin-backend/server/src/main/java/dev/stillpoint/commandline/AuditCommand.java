package dev.stillpoint.commandline;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stillpoint.terminal.Table;
import dev.stillpoint.terminal.Wording;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code stillpoint audit …}. */
@Command(description = "Who did what, and what the server did by itself.")
final class AuditCommand {

  private final Session session;

  AuditCommand(Session session) {
    this.session = session;
  }

  /** Which entries are shown. */
  static final class Filter {

    @Option(
        names = "--actor",
        defaultValue = "",
        paramLabel = "NAME",
        description = "Only of him: clerk@internal-authz, 'server token', server.")
    private String actor;

    @Option(
        names = "--action",
        defaultValue = "",
        paramLabel = "ACTION",
        description = "Only this, as the list names it: policies.add.")
    private String action;

    @Option(
        names = "--subject",
        defaultValue = "",
        paramLabel = "SUBJECT",
        description = "Only about this, as the list names it: runs/ID.")
    private String subject;

    @Option(
        names = "--result",
        defaultValue = "",
        paramLabel = "RESULT",
        description = "done, refused or failed.")
    private String result;

    @Mixin private TimeOptions time;

    @Mixin private PageOptions page;

    private String query() {
      return page.query(
          "actor",
          actor,
          "action",
          action,
          "subject",
          subject,
          "result",
          result,
          "from",
          time.from(),
          "to",
          time.to());
    }
  }

  @Command(description = "Lists what was done, the newest first.")
  int list(@Mixin Filter filter) {
    return session.answer(session.api().get("/audit" + filter.query()), this::print);
  }

  private void print(Answer entries) {
    Table table = new Table("TIME", "WHO", "WHAT", "TO WHAT", "RESULT", "DETAIL");
    for (JsonNode entry : entries.items()) {
      table.row(
          Wording.time(entry.path("time"), session.around().zone()),
          entry.path("actor").asText(),
          entry.path("action").asText(),
          entry.path("subject").asText(),
          entry.path("result").asText(),
          entry.path("detail").asText());
    }
    table.print(session.out());
    PageOptions.printNext(session.out(), entries.document());
  }
}
