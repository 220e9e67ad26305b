package dev.stillpoint.commandline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stillpoint backup}. */
@Command(
    description = {
      "Backs VMs up now.",
      "All of them in one run, with their snapshots taken side by side. Waits for the end; Ctrl-C ends the"
          + " waiting, not the run."
    })
final class BackupCommand implements Callable<Integer> {

  static final String FREEZE =
      "Freeze the guests' file systems while their snapshots are taken: none, try, or require.";

  private final Session session;

  @Parameters(arity = "0..*", paramLabel = "VM", description = "Names or ids.")
  private List<String> vms = new ArrayList<>();

  @Option(names = "--all", description = "All VMs of the site.")
  private boolean all;

  @Option(
      names = "--policy",
      defaultValue = "",
      paramLabel = "POLICY",
      description = "The VMs of a policy, by its name or id.")
  private String policy = "";

  @Option(
      names = "--site",
      defaultValue = "",
      paramLabel = "SITE",
      description = "The site; needed when there are several.")
  private String site = "";

  @Option(
      names = "--freeze",
      defaultValue = "",
      paramLabel = "WHEN",
      description = {FREEZE, "A policy says it for its own VMs."})
  private String freeze = "";

  @Mixin private GroupOptions group = new GroupOptions();

  @Option(names = "--no-wait", description = "Only put the run into the queue.")
  private boolean noWait;

  BackupCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    int ways = (vms.isEmpty() ? 0 : 1) + (all ? 1 : 0) + (policy.isEmpty() ? 0 : 1);
    if (ways != 1) {
      throw new StillpointException(
          ErrorKind.BAD_REQUEST,
          "Name VMs, or give --all, or give --policy: one of the three",
          "See: stillpoint backup --help");
    }
    if (!policy.isEmpty() && !freeze.isEmpty()) {
      throw new StillpointException(
          ErrorKind.BAD_REQUEST,
          "The policy says itself whether its guests are frozen",
          "Leave --freeze out, or name the VMs instead of the policy");
    }
    if (!policy.isEmpty() && group.isSaid()) {
      throw new StillpointException(
          ErrorKind.BAD_REQUEST,
          "The policy says itself in which order its VMs are read",
          "Leave --order and its like out, or name the VMs instead of the policy");
    }
    Api api = session.api();
    return session.runAccepted(api, start(api), !noWait);
  }

  private Answer start(Api api) {
    if (!policy.isEmpty()) {
      return api.post(Api.path("policies", policy, "runs"));
    }
    ObjectNode body = api.newBody();
    body.put("site", session.siteId(api, site));
    PoliciesCommand.putAll(body.putArray("vms"), all ? List.of("*") : vms);
    if (!freeze.isEmpty()) {
      body.put("freeze", freeze);
    }
    group.putInto(body);
    return api.post("/runs", body);
  }
}
