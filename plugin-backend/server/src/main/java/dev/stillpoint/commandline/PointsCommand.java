package dev.stillpoint.commandline;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stillpoint.terminal.ExitCode;
import dev.stillpoint.terminal.Table;
import dev.stillpoint.terminal.Wording;
import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stillpoint points …}. */
@Command(description = "Restore points: what can be given back.")
final class PointsCommand {

  private static final String SITE_OF_LATEST =
      "The site of latest:VM; needed when there are several.";

  private final Session session;

  PointsCommand(Session session) {
    this.session = session;
  }

  @Command(
      description = "Lists the restore points, the newest first; --sort time, vm, size, stored.")
  int list(@Mixin PointFilterOptions filter) {
    return session.answer(session.api().get("/points" + filter.query()), this::print);
  }

  @Command(description = "Shows one restore point and the VM's settings in it.")
  int show(
      @Parameters(paramLabel = "POINT", description = PointName.DESCRIPTION) String point,
      @Option(
              names = "--site",
              defaultValue = "",
              paramLabel = "SITE",
              description = SITE_OF_LATEST)
          String site) {
    Api api = session.api();
    Answer answer = api.get(Api.path("points", PointName.id(session, api, point, site)));
    return session.answer(answer, shown -> print(shown.document()));
  }

  @Command(description = "Re-reads a restore point and checks every chunk.")
  int verify(
      @Parameters(paramLabel = "POINT", description = PointName.DESCRIPTION) String point,
      @Option(
              names = "--site",
              defaultValue = "",
              paramLabel = "SITE",
              description = SITE_OF_LATEST)
          String site) {
    Api api = session.api();
    String id = PointName.id(session, api, point, site);
    Answer verified = api.postAndWait(Api.path("points", id, "verify"));
    session.answer(verified, shown -> printVerified(shown.document()));
    return verified.document().path("ok").asBoolean() ? ExitCode.OK : ExitCode.CORRUPT;
  }

  private void printVerified(JsonNode verified) {
    PrintWriter out = session.out();
    out.printf(
        "Restore point %s: %d chunks checked, %s read, %s%n",
        verified.path("point").asText(),
        verified.path("chunksChecked").asLong(),
        Wording.size(verified.path("bytesRead")),
        verified.path("ok").asBoolean() ? "all sound" : "CORRUPT");
    verified.path("problems").forEach(p -> out.println(Wording.harmless(p.asText())));
  }

  private void print(Answer points) {
    Table table =
        new Table("ID", "VM", "TIME", ">DISKS", ">SIZE", ">READ", ">STORED", "READ AS", "EXPIRES");
    for (JsonNode point : points.items()) {
      table.row(
          point.path("id").asText(),
          point.path("vmName").asText(),
          Wording.time(point.path("time"), session.around().zone()),
          point.path("diskCount").asText(),
          Wording.size(point.path("bytesVirtual")),
          Wording.size(point.path("bytesRead")),
          Wording.size(point.path("bytesStored")),
          point.path("mode").asText()
              + (point.path("state").asText().equals("partial") ? ", partial" : ""),
          (point.path("expires").isTextual()
                  ? Wording.time(point.path("expires"), session.around().zone())
                  : "never")
              + (point.path("held").asBoolean() ? ", held" : ""));
    }
    table.print(session.out());
    PageOptions.printNext(session.out(), points.document());
  }

  private static String consistency(String level) {
    return switch (level) {
      case "filesystem" -> "file systems at rest";
      case "crash" -> "as after a power cut";
      default -> "unknown";
    };
  }

  private void print(JsonNode point) {
    PrintWriter out = session.out();
    Table head = new Table("POINT", point.path("id").asText());
    head.row("VM", point.path("vmName").asText());
    head.row("Time", Wording.time(point.path("time"), session.around().zone()));
    head.row("Run", point.path("run").asText());
    if (point.has("expires")) {
      head.row("Expires", Wording.time(point.path("expires"), session.around().zone()));
    }
    head.row("Consistency", consistency(point.path("consistency").asText()));
    JsonNode group = point.path("group");
    if (group.isObject()) {
      head.row(
          "Same time as",
          String.format(
              Locale.ROOT,
              "%d other VMs, within %.3f s",
              group.path("vms").asInt() - 1,
              group.path("skewSeconds").asDouble()));
    }
    head.print(out);
    out.println();
    Table disks = new Table("DISK", ">SIZE", "MODE", ">READ", ">STORED", "REASON");
    for (JsonNode disk : point.path("disks")) {
      disks.row(
          disk.path("name").asText(),
          Wording.size(disk.path("bytesVirtual")),
          disk.path("mode").asText(),
          Wording.size(disk.path("bytesRead")),
          Wording.size(disk.path("bytesStored")),
          disk.path("reason").asText());
    }
    disks.print(out);
    for (JsonNode disk : point.path("leftOut")) {
      out.printf(
          "Left out: %s: %s%n",
          Wording.harmless(disk.path("name").asText()),
          Wording.harmless(disk.path("reason").asText()));
    }
    if (point.has("settings")) {
      out.println();
      VmsCommand.print(out, point.path("settings"));
    }
  }
}
