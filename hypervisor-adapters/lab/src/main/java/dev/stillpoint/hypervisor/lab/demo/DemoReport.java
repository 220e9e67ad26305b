package dev.stillpoint.hypervisor.lab.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/**
 * What the demo found.
 *
 * @param disks every disk of every run, in the order of the runs
 * @param leftovers what was left behind on the lab or is still in Stillpoint's journal, for people
 * @param elapsed how long the demo's work took
 */
record DemoReport(List<ComparedDisk> disks, List<String> leftovers, Duration elapsed) {

  private static final int REASON = 34;
  private static final int SUM = 12;

  DemoReport {
    disks = List.copyOf(disks);
    leftovers = List.copyOf(leftovers);
  }

  /** Every disk was compared and matched, and nothing was left behind. */
  boolean ok() {
    return !disks.isEmpty() && disks.stream().allMatch(ComparedDisk::match) && leftovers.isEmpty();
  }

  void print(PrintStream out) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "RUN",
            "VM",
            "DISK",
            "MODE",
            "VIRTUAL",
            "READ",
            "STORED",
            "SECONDS",
            "SOURCE SHA-256",
            "RESTORED AS",
            "RESTORED SHA",
            "MATCH"));
    disks.forEach(disk -> rows.add(row(disk)));
    int columns = rows.get(0).size();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < columns; column++) {
        int at = column;
        int width = rows.stream().mapToInt(cells -> cells.get(at).length()).max().orElse(0);
        line.append(String.format("%-" + width + "s  ", row.get(column)));
      }
      out.println(line.toString().stripTrailing());
    }
    out.printf(
        Locale.ROOT,
        "%d disks: %s virtual, %s read, %s stored; %d of %d match%n",
        disks.size(),
        size(sum(BackedUpDisk::bytesVirtual)),
        size(sum(BackedUpDisk::bytesRead)),
        size(sum(BackedUpDisk::bytesStored)),
        disks.stream().filter(ComparedDisk::match).count(),
        disks.size());
    out.println(
        leftovers.isEmpty()
            ? "Nothing was left behind on the manager."
            : "LEFT BEHIND: " + String.join("; ", leftovers));
    out.printf("%s, after %d seconds.%n", ok() ? "All is well" : "NOT WELL", elapsed.toSeconds());
  }

  private static List<String> row(ComparedDisk compared) {
    BackedUpDisk disk = compared.source();
    return List.of(
        String.valueOf(disk.run()),
        disk.vm(),
        disk.name(),
        disk.mode() + shortened(disk.reason()),
        size(disk.bytesVirtual()),
        size(disk.bytesRead()),
        size(disk.bytesStored()),
        String.format(Locale.ROOT, "%.1f", disk.seconds()),
        disk.sha256().substring(0, SUM),
        compared.restoredAs(),
        compared.sha256().substring(0, SUM),
        compared.match() ? "yes" : "NO");
  }

  private static String shortened(String reason) {
    if (reason.isEmpty()) {
      return "";
    }
    String brief =
        reason.length() <= REASON ? reason : reason.substring(0, REASON - 1).strip() + "…";
    return " (" + brief + ")";
  }

  private long sum(ToLongFunction<BackedUpDisk> amount) {
    return disks.stream().map(ComparedDisk::source).mapToLong(amount).sum();
  }

  static String size(long bytes) {
    double mebibytes = bytes / 1048576.0;
    return mebibytes < 1024
        ? String.format(Locale.ROOT, "%.1f MiB", mebibytes)
        : String.format(Locale.ROOT, "%.2f GiB", mebibytes / 1024);
  }

  void write(Path file) {
    ObjectNode report = new ObjectMapper().createObjectNode().put("ok", ok());
    report.put("seconds", elapsed.toMillis() / 1000.0);
    leftovers.forEach(report.putArray("leftovers")::add);
    var items = report.putArray("disks");
    for (ComparedDisk compared : disks) {
      BackedUpDisk disk = compared.source();
      items
          .addObject()
          .put("vm", disk.vm())
          .put("disk", disk.name())
          .put("mode", disk.mode())
          .put("reason", disk.reason())
          .put("bytesVirtual", disk.bytesVirtual())
          .put("bytesRead", disk.bytesRead())
          .put("bytesStored", disk.bytesStored())
          .put("seconds", disk.seconds())
          .put("sha256Source", disk.sha256())
          .put("sha256Restored", compared.sha256())
          .put("match", compared.match());
    }
    write(file, report);
  }

  /** The report of a demo that could not compare. */
  static void writeFailure(Path file, String step, String problem) {
    ObjectNode report = new ObjectMapper().createObjectNode().put("ok", false);
    report.put("step", step).put("problem", problem).putArray("disks");
    write(file, report);
  }

  private static void write(Path file, ObjectNode report) {
    try {
      new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(file.toFile(), report);
    } catch (IOException e) {
      throw new DemoFailure("Cannot write the report " + file + ": " + e.getMessage(), e);
    }
  }
}
