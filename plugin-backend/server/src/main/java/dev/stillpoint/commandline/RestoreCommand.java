package dev.stillpoint.commandline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.terminal.ExitCode;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
      names = "--disk",
      paramLabel = "DISK",
      description =
          "Only this disk, by name or id; can be given several times. In place nothing else of the"
              + " VM is touched.")
  private List<String> disks = List.of();

  @Mixin private RestoreOptions options = new RestoreOptions();

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
    return options.dryRun() ? planned(answer) : session.runAccepted(api, answer, options.waits());
  }

  private ObjectNode request(Api api) {
    ObjectNode body = api.newBody();
    body.put("point", PointName.id(session, api, point, site));
    body.put("mode", inPlace ? "in-place" : "new-vm");
    if (!newName.isEmpty()) {
      body.put("name", newName);
    }
    if (!disks.isEmpty()) {
      disks.forEach(body.putArray("disks")::add);
    }
    options.into(body);
    return body;
  }

  /** A plan that is refused ends like the restore would have. */
  private int planned(Answer answer) {
    session.answer(answer, plan -> new RestorePlanText(session.out()).print(plan.document()));
    JsonNode refusal = answer.document().path("refusals").path(0);
    return refusal.isMissingNode()
        ? ExitCode.OK
        : Arrays.stream(ErrorKind.values())
            .filter(kind -> kind.name().equals(refusal.path("kind").asText()))
            .mapToInt(ExitCode::of)
            .findFirst()
            .orElse(ExitCode.INTERNAL);
  }
}
