package dev.stillpoint.commandline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.terminal.ExitCode;
import dev.stillpoint.terminal.Table;
import dev.stillpoint.terminal.Wording;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stillpoint restore}. */
@Command(
    description = {
      "Gives a restore point back.",
      "In place: new disks are written, read back and only then swapped with the old ones of the"
          + " VM, which must be off. Waits for the end; Ctrl-C ends the waiting, not the restore."
    })
final class RestoreCommand implements Callable<Integer> {

  private final Session session;

  @Parameters(paramLabel = "POINT", description = PointName.DESCRIPTION)
  private String point = "";

  @Option(names = "--in-place", description = "Into the VM it was taken from.")
  private boolean inPlace;

  @Option(
      names = "--as-new",
      defaultValue = "",
      paramLabel = "NAME",
      description = "As a new VM of that name.")
  private String newName = "";

  @Option(
      names = "--cluster",
      defaultValue = "",
      paramLabel = "CLUSTER",
      description = "The new VM's cluster; else the old one's.")
  private String cluster = "";

  @Option(
      names = "--storage",
      defaultValue = "",
      paramLabel = "STORAGE",
      description = "The storage for all disks; else each disk's old one.")
  private String storage = "";

  @Option(names = "--keep-macs", description = "Give the new VM the old one's MAC addresses.")
  private boolean keepMacs;

  @Option(names = "--connect-nics", description = "Connect the new VM's network interfaces.")
  private boolean connectNics;

  @Option(
      names = "--network",
      paramLabel = "OLD=NEW",
      description =
          "Connect the NICs that were on network or profile OLD to NEW; OLD= to none. Else to what"
              + " has the same id or name.")
  private Map<String, String> networks = new TreeMap<>();

  @Option(names = "--permissions", description = "Give people their roles on the VM back.")
  private boolean permissions;

  @Option(names = "--keep-old-disks", description = "In place: leave the old disks on the manager.")
  private boolean keepOldDisks;

  @Option(names = "--dry-run", description = "Only show what would be done.")
  private boolean dryRun;

  @Option(names = "--no-wait", description = "Only put the restore into the queue.")
  private boolean noWait;

  @Option(
      names = "--site",
      defaultValue = "",
      paramLabel = "SITE",
      description = "The site of latest:VM; needed when there are several.")
  private String site = "";

  RestoreCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    if (inPlace != newName.isEmpty()) {
      throw new StillpointException(
          ErrorKind.BAD_REQUEST,
          "Give --in-place or --as-new NAME: one of the two",
          "See: stillpoint restore --help");
    }
    Api api = session.api();
    Answer answer = api.post("/restores", request(api));
    return dryRun ? planned(answer) : session.runAccepted(api, answer, !noWait);
  }

  private ObjectNode request(Api api) {
    ObjectNode body = api.newBody();
    body.put("point", PointName.id(session, api, point, site));
    body.put("mode", inPlace ? "in-place" : "new-vm");
    putIfGiven(body, "name", newName);
    putIfGiven(body, "cluster", cluster);
    putIfGiven(body, "storage", storage);
    if (!networks.isEmpty()) {
      ObjectNode mapping = body.putObject("networks");
      networks.forEach(mapping::put);
    }
    if (permissions) {
      body.put("permissions", true);
    }
    return body.put("keepMacs", keepMacs)
        .put("connectNics", connectNics)
        .put("keepOldDisks", keepOldDisks)
        .put("dryRun", dryRun);
  }

  private static void putIfGiven(ObjectNode body, String field, String value) {
    if (!value.isEmpty()) {
      body.put(field, value);
    }
  }

  /** A plan that is refused ends like the restore would have. */
  private int planned(Answer answer) {
    session.answer(answer, plan -> print(plan.document()));
    JsonNode refusal = answer.document().path("refusals").path(0);
    return refusal.isMissingNode()
        ? ExitCode.OK
        : Arrays.stream(ErrorKind.values())
            .filter(kind -> kind.name().equals(refusal.path("kind").asText()))
            .mapToInt(ExitCode::of)
            .findFirst()
            .orElse(ExitCode.INTERNAL);
  }

  private void print(JsonNode plan) {
    PrintWriter out = session.out();
    out.printf(
        "Restore point %s %s %s%n%n",
        plan.path("point").asText(),
        plan.path("mode").asText().equals("in-place") ? "into VM" : "as the new VM",
        Wording.harmless(plan.path("vmName").asText()));
    Table disks = new Table("DISK", ">SIZE", ">TO WRITE", "STORAGE", "REPLACES DISK");
    for (JsonNode disk : plan.path("disks")) {
      disks.row(
          disk.path("name").asText(),
          Wording.size(disk.path("bytesVirtual")),
          Wording.size(disk.path("bytesToWrite")),
          disk.path("storage").asText(),
          disk.path("replaces").asText());
    }
    disks.print(out);
    if (!plan.path("nics").isEmpty()) {
      out.println();
      VmsCommand.printNics(out, plan.path("nics"));
    }
    plan.path("notes").forEach(note -> out.println("Note: " + Wording.harmless(note.asText())));
    for (JsonNode refusal : plan.path("refusals")) {
      out.println("Refused: " + Wording.harmless(refusal.path("detail").asText()));
      out.println("         " + Wording.harmless(refusal.path("remedy").asText()));
    }
  }
}
