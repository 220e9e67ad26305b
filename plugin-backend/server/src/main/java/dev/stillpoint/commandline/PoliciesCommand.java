package dev.stillpoint.commandline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.terminal.Table;
import dev.stillpoint.terminal.Wording;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stillpoint policies …}. */
@Command(description = "Which VMs are backed up together.")
final class PoliciesCommand {

  private static final String NAME_OR_ID = "Its name or id.";

  private final Session session;

  PoliciesCommand(Session session) {
    this.session = session;
  }

  @Command(description = "Lists the policies.")
  int list() {
    return session.answer(session.api().get("/policies"), this::print);
  }

  @Command(description = "Adds a policy.")
  int add(
      @Parameters(paramLabel = "NAME", description = "A name of your choice.") String name,
      @Mixin PolicyContent content,
      @Mixin PolicyManner manner,
      @Option(
              names = "--freeze",
              defaultValue = "none",
              paramLabel = "WHEN",
              description = BackupCommand.FREEZE)
          String freeze,
      @Option(names = "--disabled", description = "Add it switched off.") boolean disabled,
      @Option(
              names = "--site",
              defaultValue = "",
              paramLabel = "SITE",
              description = "The site; needed when there are several.")
          String site) {
    Api api = session.api();
    ObjectNode body = api.newBody();
    body.put("name", name).put("site", session.siteId(api, site)).put("enabled", !disabled);
    body.put("freeze", freeze);
    content.putInto(body);
    manner.putInto(body, session.around().zone());
    return session.answer(
        api.post("/policies", body),
        added -> session.out().println("Policy " + name + " is added."));
  }

  @Command(description = "Lists the VMs that a policy would back up now.")
  int vms(@Parameters(paramLabel = "POLICY", description = NAME_OR_ID) String policy) {
    return session.answer(
        session.api().get(Api.path("policies", policy, "vms")),
        vms -> {
          Table table = new Table("NAME", "ID");
          for (JsonNode vm : vms.items()) {
            table.row(vm.path("name").asText(), vm.path("id").asText());
          }
          table.print(session.out());
        });
  }

  @Command(
      description = {
        "Sets when a policy starts by itself.",
        "Within the hour the server chooses the minute. With --none it starts only when asked to."
      })
  int schedule(
      @Parameters(paramLabel = "POLICY", description = NAME_OR_ID) String policy,
      @Mixin PolicySchedule schedule,
      @Option(names = "--none", description = "Without a schedule from now on.") boolean none) {
    Api api = session.api();
    JsonNode now = api.get(Api.path("policies", policy)).document();
    ObjectNode body = content(api, now);
    body.remove("schedule");
    if (!none || schedule.isGiven()) {
      schedule.fill(body.putObject("schedule"), session.around().zone());
    }
    return session.answer(
        api.put(Api.path("policies", now.path("id").asText()), body),
        changed ->
            session
                .out()
                .println(
                    changed.document().has("next")
                        ? "Policy "
                            + policy
                            + " starts next in the hour from "
                            + changed.document().path("next").path("local").asText()
                            + "."
                        : "Policy " + policy + " does not start by itself."));
  }

  @Command(description = "Lists when a policy starts next, and what came of its last slots.")
  int starts(
      @Parameters(paramLabel = "POLICY", description = NAME_OR_ID) String policy,
      @Option(
              names = "--count",
              defaultValue = "10",
              paramLabel = "N",
              description = "How many: ${DEFAULT-VALUE}.")
          int count) {
    String query = Api.query("count", String.valueOf(count));
    return session.answer(
        session.api().get(Api.path("policies", policy, "starts") + query),
        starts -> StartsReport.print(session.out(), session.around().zone(), starts.document()));
  }

  @Command(description = "Shows what a schedule would do, and whether its slots have room.")
  int preview(
      @Mixin PolicySchedule schedule,
      @Option(
              names = "--count",
              defaultValue = "10",
              paramLabel = "N",
              description = "How many starts: ${DEFAULT-VALUE}.")
          int count) {
    Api api = session.api();
    ObjectNode body = api.newBody();
    schedule.fill(body, session.around().zone());
    return session.answer(
        api.post("/slots/preview" + Api.query("count", String.valueOf(count)), body),
        starts -> StartsReport.print(session.out(), session.around().zone(), starts.document()));
  }

  @Command(description = "Lists every policy there ever was: what can be adopted.")
  int past() {
    return session.answer(
        session.api().get("/drafts"),
        past -> {
          Table table = new Table("NAME", "DELETED", "ID");
          for (JsonNode policy : past.items()) {
            table.row(
                policy.path("name").asText(),
                Wording.yesNo(policy.path("deleted").asBoolean()),
                policy.path("id").asText());
          }
          table.print(session.out());
        });
  }

  @Command(description = "Adds a policy with the settings of one, or of a run, that was before.")
  int adopt(
      @Parameters(paramLabel = "NAME", description = "A name of your choice.") String name,
      @Option(
              names = "--policy",
              defaultValue = "",
              paramLabel = "POLICY",
              description = "The name or id of a policy, also of one that is deleted.")
          String policy,
      @Option(names = "--run", defaultValue = "", paramLabel = "RUN", description = "A run's id.")
          String run,
      @Option(names = "--disabled", description = "Add it switched off.") boolean disabled) {
    if (policy.isEmpty() == run.isEmpty()) {
      throw new StillpointException(
          ErrorKind.BAD_REQUEST, "Name --policy or --run: one of the two", "");
    }
    Api api = session.api();
    String source =
        policy.isEmpty() ? Api.path("drafts", "runs", run) : Api.path("drafts", "policies", policy);
    JsonNode draft = api.get(source).document();
    ObjectNode body = ((ObjectNode) draft.path("policy")).deepCopy();
    body.put("name", name).put("enabled", !disabled);
    return session.answer(
        api.post("/policies", body),
        added -> {
          session.out().println("Policy " + name + " is added.");
          draft
              .path("gone")
              .forEach(vm -> session.out().println("Left out, it is gone: VM " + vm.asText()));
          draft.path("notes").forEach(note -> session.out().println(note.asText()));
        });
  }

  @Command(description = "Shows one policy.")
  int show(@Parameters(paramLabel = "POLICY", description = NAME_OR_ID) String policy) {
    return session.answer(
        session.api().get(Api.path("policies", policy)), shown -> print(shown.document()));
  }

  @Command(description = "Removes a policy. Its restore points stay.")
  int remove(@Parameters(paramLabel = "POLICY", description = NAME_OR_ID) String policy) {
    return session.answer(
        session.api().delete(Api.path("policies", policy)),
        gone -> session.out().println("Policy " + policy + " is removed."));
  }

  @Command(description = "Switches a policy on.")
  int enable(@Parameters(paramLabel = "POLICY", description = NAME_OR_ID) String policy) {
    return switched(policy, true);
  }

  @Command(description = "Switches a policy off: it cannot be run.")
  int disable(@Parameters(paramLabel = "POLICY", description = NAME_OR_ID) String policy) {
    return switched(policy, false);
  }

  private int switched(String policy, boolean enabled) {
    Api api = session.api();
    JsonNode now = api.get(Api.path("policies", policy)).document();
    ObjectNode body = content(api, now).put("enabled", enabled);
    return session.answer(
        api.put(Api.path("policies", now.path("id").asText()), body),
        changed ->
            session
                .out()
                .println("Policy " + policy + " is " + (enabled ? "enabled." : "disabled.")));
  }

  /** What a policy is now, as it is sent to be kept. */
  static ObjectNode content(Api api, JsonNode policy) {
    ObjectNode body = api.newBody();
    for (String kept :
        List.of(
            "name",
            "site",
            "vms",
            "excludedDisks",
            "freeze",
            "enabled",
            "select",
            "except",
            "schedule",
            "group",
            "retention")) {
      if (policy.has(kept)) {
        body.set(kept, policy.path(kept));
      }
    }
    return body;
  }

  static void putAll(ArrayNode array, List<String> texts) {
    texts.forEach(array::add);
  }

  private void print(Answer policies) {
    Table table = new Table("NAME", "ENABLED", ">VMS", ">EXCLUDED DISKS", "ID", "NEXT");
    for (JsonNode policy : policies.items()) {
      table.row(
          policy.path("name").asText(),
          Wording.yesNo(policy.path("enabled").asBoolean()),
          String.valueOf(policy.path("vms").size()),
          String.valueOf(policy.path("excludedDisks").size()),
          policy.path("id").asText(),
          Wording.time(policy.path("next").path("begin"), session.around().zone()));
    }
    table.print(session.out());
  }

  private void print(JsonNode policy) {
    Table table = new Table("POLICY", policy.path("name").asText());
    table.row("Id", policy.path("id").asText());
    table.row("Site", policy.path("site").asText());
    table.row("Enabled", Wording.yesNo(policy.path("enabled").asBoolean()));
    table.row("Freeze guests", policy.path("freeze").asText());
    if (policy.has("schedule")) {
      table.row("Schedule", PolicySchedule.words(policy.path("schedule")));
    }
    if (policy.has("next")) {
      JsonNode next = policy.path("next").path("begin");
      table.row("Next start", Wording.time(next, session.around().zone()) + ", " + next.asText());
    }
    policy.path("vms").forEach(vm -> table.row("VM", vm.asText()));
    policy.path("select").forEach(rule -> table.row("Select", rule.asText()));
    policy.path("except").forEach(rule -> table.row("Except", rule.asText()));
    policy
        .path("retention")
        .path("keep")
        .fields()
        .forEachRemaining(
            kind -> table.row("Keep", kind.getKey() + " " + kind.getValue().asText()));
    policy.path("excludedDisks").forEach(disk -> table.row("Excluded disk", disk.asText()));
    policy
        .path("group")
        .fields()
        .forEachRemaining(said -> table.row("Read " + said.getKey(), said.getValue().asText()));
    table.print(session.out());
  }
}
