package dev.stillpoint.commandline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
      @Mixin PolicyRetention retention,
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
    if (retention.isGiven()) {
      retention.putInto(body.putObject("retention"));
    }
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

  /** What a policy is now, as it is sent to be kept; without whether it is enabled. */
  static ObjectNode content(Api api, JsonNode now) {
    ObjectNode body = api.newBody();
    for (String kept :
        List.of(
            "name", "site", "vms", "excludedDisks", "freeze", "select", "except", "retention")) {
      if (now.has(kept)) {
        body.set(kept, now.path(kept));
      }
    }
    return body;
  }

  static void putAll(ArrayNode array, List<String> texts) {
    texts.forEach(array::add);
  }

  private void print(Answer policies) {
    Table table = new Table("NAME", "ENABLED", ">VMS", ">EXCLUDED DISKS", "ID");
    for (JsonNode policy : policies.items()) {
      table.row(
          policy.path("name").asText(),
          Wording.yesNo(policy.path("enabled").asBoolean()),
          String.valueOf(policy.path("vms").size()),
          String.valueOf(policy.path("excludedDisks").size()),
          policy.path("id").asText());
    }
    table.print(session.out());
  }

  private void print(JsonNode policy) {
    Table table = new Table("POLICY", policy.path("name").asText());
    table.row("Id", policy.path("id").asText());
    table.row("Site", policy.path("site").asText());
    table.row("Enabled", Wording.yesNo(policy.path("enabled").asBoolean()));
    table.row("Freeze guests", policy.path("freeze").asText());
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
    table.print(session.out());
  }
}
