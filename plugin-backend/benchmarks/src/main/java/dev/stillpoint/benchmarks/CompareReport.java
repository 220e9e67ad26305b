package dev.stillpoint.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Medians, ratios and targets from what compare.sh measured: {@code CompareReport RESULTS
 * CHANGED_BYTES [JSON]}. Exit code 3 when a target was missed.
 *
 * @param steps by tool and work, in the order they came
 * @param targets those that could be judged
 */
record CompareReport(List<Step> steps, List<Target.TargetResult> targets) {

  private static final int TARGET_MISSED = 3;
  private static final double MIB = 1 << 20;

  CompareReport {
    steps = List.copyOf(steps);
    targets = List.copyOf(targets);
  }

  public static void main(String[] args) throws IOException {
    if (args.length < 2 || args.length > 3) {
      throw new IllegalArgumentException("Usage: CompareReport RESULTS CHANGED_BYTES [JSON]");
    }
    CompareReport report = of(Files.readAllLines(Path.of(args[0])), Long.parseLong(args[1]));
    new PrintStream(System.out, true, StandardCharsets.UTF_8).print(report.table());
    if (args.length == 3) {
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .writeValue(Path.of(args[2]).toFile(), report);
    }
    if (!report.targets.stream().allMatch(Target.TargetResult::met)) {
      System.exit(TARGET_MISSED);
    }
  }

  /**
   * @param lines see {@link Step#of}
   * @param changedBytes what the changed part of the image takes, compressed as one
   */
  static CompareReport of(List<String> lines, long changedBytes) {
    Map<List<String>, List<String[]>> byStep = new LinkedHashMap<>();
    for (String line : lines) {
      String[] columns = line.split("\t", -1);
      byStep
          .computeIfAbsent(List.of(columns[0], columns[1]), key -> new ArrayList<>())
          .add(columns);
    }
    List<Step> steps = new ArrayList<>();
    byStep.forEach((key, rows) -> steps.add(Step.of(key.get(0), key.get(1), rows)));
    List<Step> withChanged = new ArrayList<>(steps);
    withChanged.add(
        new Step(Target.CHANGED_BYTES, "changed-list", 1, 0, 0, 0, 0, changedBytes, changedBytes));
    return new CompareReport(
        steps,
        Target.all().stream().flatMap(target -> target.against(withChanged).stream()).toList());
  }

  String table() {
    StringBuilder table = new StringBuilder();
    table.append(
        "| work | tool | wall s | CPU s | peak MiB | stored by it MiB | repository MiB |\n");
    table.append("|---|---|---|---|---|---|---|\n");
    steps.stream().map(Step::work).distinct().forEach(work -> appendWork(table, work));
    table.append("\n| work | measure | of | is | may be | |\n|---|---|---|---|---|---|\n");
    for (Target.TargetResult target : targets) {
      table.append(
          String.format(
              Locale.ROOT,
              "| %s | %s | %s | %.3f | %.3f | %s |%n",
              target.work(),
              target.measure().name().toLowerCase(Locale.ROOT),
              target.other(),
              target.ratio(),
              target.limit(),
              target.met() ? "met" : "**missed**"));
    }
    return table.toString();
  }

  private void appendWork(StringBuilder table, String work) {
    for (Step step : steps) {
      if (!step.work().equals(work)) {
        continue;
      }
      if (step.worked()) {
        table.append(
            String.format(
                Locale.ROOT,
                "| %s | %s | %.2f | %.2f | %.0f | %.1f | %.1f |%n",
                work,
                step.tool(),
                step.wallSeconds(),
                step.cpuSeconds(),
                step.peakBytes() / MIB,
                step.addedBytes() / MIB,
                step.storedBytes() / MIB));
      } else {
        table.append(
            String.format(
                "| %s | %s | failed %d of %d | | | | |%n",
                work, step.tool(), step.failures(), step.failures() + step.runs()));
      }
    }
  }
}
