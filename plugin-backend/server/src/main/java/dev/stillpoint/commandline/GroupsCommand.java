package dev.stillpoint.commandline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.terminal.ExitCode;
import dev.stillpoint.terminal.Table;
import dev.stillpoint.terminal.Wording;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stillpoint groups …}. */
@Command(
    description = "The groups in which the managers keep VMs: affinity groups, tags, clusters.")
final class GroupsCommand {

  private static final String SITE = "The group's site; needed when there are several.";

  private final Session session;

  GroupsCommand(Session session) {
    this.session = session;
  }

  @Command(description = "Lists the groups with the policies that select them.")
  int list(
      @Option(names = "--site", defaultValue = "", paramLabel = "SITE", description = SITE)
          String site) {
    Api api = session.api();
    Answer answer = api.get(Api.path("sites", session.siteId(api, site), "vm-groups"));
    return session.answer(
        answer,
        groups -> {
          Table table = new Table("NAME", "KIND", "CLUSTER", ">VMS", "POLICY", "LAST RUN", "ID");
          for (JsonNode group : groups.items()) {
            row(table, group);
          }
          table.print(session.out());
        });
  }

  private void row(Table table, JsonNode group) {
    JsonNode last = group.path("policies").path(0).path("last");
    table.row(
        group.path("name").asText(),
        group.path("kind").asText(),
        group.path("cluster").asText(),
        String.valueOf(group.path("members").size()),
        names(group.path("policies")),
        last.isObject()
            ? last.path("state").asText()
                + " "
                + Wording.time(last.path("created"), session.around().zone())
            : "",
        group.path("id").asText());
  }

  private static String names(JsonNode policies) {
    List<String> names = new ArrayList<>();
    policies.forEach(policy -> names.add(policy.path("name").asText()));
    return String.join(", ", names);
  }

  @Command(description = "Shows who is in a group, and what its policies did last.")
  int show(
      @Parameters(paramLabel = "GROUP", description = "Its name or id.") String group,
      @Option(names = "--site", defaultValue = "", paramLabel = "SITE", description = SITE)
          String site) {
    return session.answer(read(group, site), answer -> print(answer.document()));
  }

  @Command(
      description = {
        "Asks the manager again who is in a group.",
        "Tells who joined the policies that select it, and who left them, since their last run."
      })
  int refresh(
      @Parameters(paramLabel = "GROUP", description = "Its name or id.") String group,
      @Option(names = "--site", defaultValue = "", paramLabel = "SITE", description = SITE)
          String site) {
    return session.answer(read(group, site), answer -> changes(answer.document()));
  }

  private Answer read(String group, String site) {
    Api api = session.api();
    return api.get(Api.path("sites", session.siteId(api, site), "vm-groups", group));
  }

  private void print(JsonNode group) {
    session
        .out()
        .printf(
            "Group    %s (%s)%n",
            Wording.harmless(group.path("name").asText()), group.path("kind").asText());
    for (JsonNode vm : group.path("members")) {
      session.out().printf("VM       %s%n", Wording.harmless(vm.path("name").asText()));
    }
    changes(group);
  }

  private void changes(JsonNode group) {
    if (group.path("policies").isEmpty()) {
      session.out().println("No policy selects this group: stillpoint groups protect");
    }
    for (JsonNode policy : group.path("policies")) {
      JsonNode last = policy.path("last");
      String since =
          last.isObject()
              ? "last run "
                  + last.path("id").asText()
                  + ", "
                  + last.path("state").asText()
                  + ", "
                  + Wording.time(last.path("created"), session.around().zone())
              : "has not run yet";
      session
          .out()
          .printf("Policy   %s: %s%n", Wording.harmless(policy.path("name").asText()), since);
      if (last.isObject() && !policy.has("changes")) {
        session.out().println("         nobody joined or left since");
      }
      RunReport.members(policy.path("changes"), session.out());
    }
  }

  @Command(
      description = {
        "Has a policy select a group, beside what it selects already.",
        "Who is in the group is looked at when a run starts."
      })
  int protect(
      @Parameters(paramLabel = "GROUP", description = "Its name or id.") String group,
      @Parameters(paramLabel = "POLICY", description = "Its name or id.") String policy,
      @Option(names = "--remove", description = "The policy does not select it any more.")
          boolean remove,
      @Option(names = "--site", defaultValue = "", paramLabel = "SITE", description = SITE)
          String site) {
    Api api = session.api();
    String path =
        Api.path("sites", session.siteId(api, site), "vm-groups", group, "policies", policy);
    Answer answer = remove ? api.delete(path) : api.put(path, api.newBody());
    return session.answer(
        answer,
        done ->
            session
                .out()
                .printf(
                    "Policy %s %s group %s.%n",
                    Wording.harmless(policy),
                    remove ? "does not name" : "selects",
                    Wording.harmless(done.document().path("name").asText())));
  }

  /** Of which points, and which VMs. */
  static final class Choice {

    @Option(
        names = "--run",
        defaultValue = "",
        paramLabel = "RUN",
        description = "From the points of this run; else the newest run of its policies.")
    private String run = "";

    @Option(
        names = "--at",
        defaultValue = "",
        paramLabel = "INSTANT",
        description = "From the newest point of each VM up to then: 2026-11-21T05:30:00Z")
    private String at = "";

    @Option(
        names = "--vm",
        paramLabel = "VM",
        description = "Only these VMs, in this order; may be given several times.")
    private List<String> vms = new ArrayList<>();

    @Option(
        names = "--stop-on-failure",
        description = "Begin no VM after one that failed; else the others go on.")
    private boolean stopOnFailure;

    @Option(names = "--site", defaultValue = "", paramLabel = "SITE", description = SITE)
    private String site = "";

    void into(ObjectNode body) {
      if (!run.isEmpty()) {
        body.put("run", run);
      }
      if (!at.isEmpty()) {
        body.put("at", at);
      }
      if (!vms.isEmpty()) {
        vms.forEach(body.putArray("vms")::add);
      }
      body.put("stopOnFailure", stopOnFailure);
    }
  }

  @Command(
      description = {
        "Gives all VMs of a group back, one after the other, and reports on them together.",
        "Also those that were in the group at the time of the run and are gone now."
      })
  int recover(
      @Parameters(paramLabel = "GROUP", description = "Its name or id.") String group,
      @Mixin Choice choice,
      @Mixin RestoreOptions options,
      @Option(names = "--in-place", description = "Into the VMs they were taken from.")
          boolean inPlace,
      @Option(
              names = "--as-new",
              defaultValue = "",
              paramLabel = "PATTERN",
              description = "As new VMs; a * in their name stands for the old one: restored-*")
          String newName) {
    if (inPlace != newName.isEmpty()) {
      throw new StillpointException(
          ErrorKind.BAD_REQUEST,
          "Give --in-place or --as-new PATTERN: one of the two",
          "See: stillpoint groups recover --help");
    }
    Api api = session.api();
    ObjectNode body = api.newBody().put("mode", inPlace ? "in-place" : "new-vm");
    if (!newName.isEmpty()) {
      body.put("name", newName);
    }
    choice.into(body);
    options.into(body);
    String site = session.siteId(api, choice.site);
    Answer answer = api.post(Api.path("sites", site, "vm-groups", group, "recover"), body);
    return options.dryRun() ? planned(answer) : session.runAccepted(api, answer, options.waits());
  }

  /** A plan with refusals ends with a warning: the VMs that are not refused can be restored. */
  private int planned(Answer answer) {
    JsonNode plan = answer.document();
    session.answer(answer, shown -> print(plan, new RestorePlanText(session.out())));
    boolean refused = !plan.path("refusals").isEmpty();
    for (JsonNode vm : plan.path("vms")) {
      refused |= !vm.path("refusals").isEmpty();
    }
    return refused || !plan.path("missing").isEmpty() ? ExitCode.WARNINGS : ExitCode.OK;
  }

  private void print(JsonNode plan, RestorePlanText text) {
    session
        .out()
        .printf(
            "Group %s: %d VMs%s, points %s apart%n%n",
            Wording.harmless(plan.path("group").asText()),
            plan.path("vms").size(),
            plan.has("run") ? " of run " + plan.path("run").asText() : "",
            plan.path("skewSeconds").asText() + " s");
    for (JsonNode vm : plan.path("vms")) {
      text.print(vm);
      session.out().println();
    }
    for (JsonNode missing : plan.path("missing")) {
      session
          .out()
          .printf(
              "Missing: VM %s: %s%n",
              Wording.harmless(missing.path("vmName").asText()),
              Wording.harmless(missing.path("reason").asText()));
    }
    text.remarks(plan);
  }
}
