package dev.stillpoint.commandline;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stillpoint.terminal.Table;
import dev.stillpoint.terminal.Wording;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.ZoneId;

/** Runs in words: a list of them, or one with each VM and disk. */
final class RunReport {

  private final PrintWriter out;
  private final ZoneId zone;

  RunReport(PrintWriter out, ZoneId zone) {
    this.out = out;
    this.zone = zone;
  }

  void list(Iterable<JsonNode> runs) {
    Table table =
        new Table("ID", "KIND", "STATE", "CREATED", ">TIME", ">MOVED", ">STORED", "VMS", "PROBLEM");
    for (JsonNode run : runs) {
      table.row(
          run.path("id").asText(),
          run.path("kind").asText(),
          run.path("state").asText(),
          Wording.time(run.path("created"), zone),
          Wording.between(run.path("started"), run.path("ended")),
          Wording.size(run.path("bytesRead")),
          Wording.size(run.path("bytesStored")),
          names(run),
          run.path("problem").asText());
    }
    table.print(out);
  }

  /** Unfinished runs, in the order of the queue. */
  void queue(Iterable<JsonNode> runs) {
    Table table = new Table(">PLACE", "ID", "KIND", "STATE", "EXPECTED START", "VMS", "WHY");
    for (JsonNode run : runs) {
      JsonNode place = run.path("queue");
      table.row(
          place.path("position").asText(),
          run.path("id").asText(),
          run.path("kind").asText(),
          state(run),
          Wording.time(place.path("expectedStart"), zone),
          names(run),
          place.path("reason").asText());
    }
    table.print(out);
  }

  private static String state(JsonNode run) {
    boolean cancelling = run.path("cancelling").asBoolean();
    return run.path("state").asText() + (cancelling ? ", being cancelled" : "");
  }

  void one(JsonNode run) {
    out.printf("Run      %s (%s)%n", run.path("id").asText(), run.path("kind").asText());
    out.printf("State    %s%n", state(run));
    out.printf("Created  %s%n", Wording.time(run.path("created"), zone));
    if (run.has("repeatOf")) {
      out.printf("Repeats  %s%n", run.path("repeatOf").asText());
    }
    if (run.has("vmGroup")) {
      out.printf("Group    %s%n", Wording.harmless(run.path("vmGroup").asText()));
    }
    members(run.path("members"), out);
    if (run.has("queue")) {
      JsonNode start = run.path("queue").path("expectedStart");
      out.printf(
          "Waiting  as number %s, expected to start %s: %s%n",
          run.path("queue").path("position").asText(),
          start.isTextual() ? Wording.time(start, zone) : "at an unknown time",
          Wording.harmless(run.path("queue").path("reason").asText()));
    }
    if (run.has("started")) {
      out.printf("Started  %s%n", Wording.time(run.path("started"), zone));
    }
    if (run.has("ended")) {
      out.printf(
          "Ended    %s, after %s%n",
          Wording.time(run.path("ended"), zone),
          Wording.between(run.path("started"), run.path("ended")));
    }
    problem("", run.path("problem"));
    out.println();
    disks(run);
    new GroupReportText(out).print(run.path("group"));
    for (JsonNode vm : run.path("vms")) {
      remarks(vm);
    }
  }

  /** Who has joined a policy and who has left it since its run before. */
  static void members(JsonNode change, PrintWriter out) {
    for (JsonNode vm : change.path("joined")) {
      out.printf("Joined   %s%n", Wording.harmless(vm.path("name").asText()));
    }
    for (JsonNode vm : change.path("left")) {
      out.printf("Left     %s%n", Wording.harmless(vm.path("name").asText()));
    }
  }

  private void disks(JsonNode run) {
    // What a restore moves it writes, and it stores nothing in the repository.
    String moved = run.path("kind").asText().equals("restore") ? ">WRITTEN" : ">READ";
    Table table =
        new Table(
            "VM", "STATE", "POINT", "DISK", "MODE", ">SIZE", moved, ">STORED", ">TIME", "REASON");
    for (JsonNode vm : run.path("vms")) {
      String name = vm.path("vmName").asText();
      String state = vm.path("state").asText();
      String point = vm.path("point").asText();
      if (vm.path("disks").isEmpty()) {
        table.row(name, state, point, "", "", "", "", "", "", "");
      }
      for (JsonNode disk : vm.path("disks")) {
        table.row(
            name,
            state,
            point,
            disk.path("name").asText(),
            disk.path("mode").asText(),
            Wording.size(disk.path("bytesVirtual")),
            Wording.size(disk.path("bytesRead")),
            Wording.size(disk.path("bytesStored")),
            seconds(disk.path("seconds")),
            disk.path("reason").asText());
      }
    }
    table.print(out);
  }

  private void remarks(JsonNode vm) {
    String name = Wording.harmless(vm.path("vmName").asText());
    problem(name, vm.path("problem"));
    for (JsonNode note : vm.path("notes")) {
      out.println(name + ": " + Wording.harmless(note.asText()));
    }
  }

  private void problem(String name, JsonNode problem) {
    if (problem.isObject()) {
      out.println(
          (name.isEmpty() ? "" : name + ": ") + Wording.harmless(problem.path("detail").asText()));
      if (!problem.path("remedy").asText().isBlank()) {
        out.println("    " + Wording.harmless(problem.path("remedy").asText()));
      }
    }
  }

  private static String seconds(JsonNode seconds) {
    return seconds.isNumber()
        ? Wording.duration(Duration.ofMillis(Math.round(seconds.asDouble() * 1000)))
        : "";
  }

  private static String names(JsonNode run) {
    int others = run.path("vmCount").asInt() - 1;
    return run.path("vmName").asText() + (others > 0 ? " and " + others + " more" : "");
  }
}
