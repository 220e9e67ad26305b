package dev.stillpoint.benchmarks;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Results as a table. */
final class RaceReport {

  private static final double MIB = 1 << 20;

  private RaceReport() {}

  /**
   * @param results in the order of the images, for each image those of all candidates
   */
  static String table(List<RaceResult> results) {
    StringBuilder table = new StringBuilder();
    Map<String, Long> storedBefore = new HashMap<>();
    String image = "";
    for (RaceResult result : results) {
      if (!result.image().equals(image)) {
        image = result.image();
        table.append(heading(result));
      }
      long before = storedBefore.getOrDefault(result.candidate(), 0L);
      table.append(row(result, result.storedBytes() - before));
      storedBefore.put(result.candidate(), result.storedBytes());
    }
    return table.toString();
  }

  private static String heading(RaceResult result) {
    return String.format(
        Locale.ROOT,
        "%n%s (%.0f MiB of data)%n%n"
            + "| candidate | CPU s: cut | hash | compress | all | stored MiB | map MiB | chunks |"
            + " new MiB | known MiB | index MiB/TiB | stuck MiB | µs per random read |%n"
            + "|---|---|---|---|---|---|---|---|---|---|---|---|---|%n",
        result.image(),
        result.dataBytes() / MIB);
  }

  private static String row(RaceResult result, long storedBytes) {
    RaceResult.CpuSeconds cpu = result.cpu();
    return String.format(
        Locale.ROOT,
        "| %s | %.2f | %.2f | %.2f | %.2f | %.1f | %.1f | %d | %.1f | %.1f | %.0f | %.1f | %.0f |%n",
        result.candidate(),
        cpu.cut(),
        cpu.hash(),
        cpu.compress(),
        cpu.sum(),
        storedBytes / MIB,
        result.mapBytes() / MIB,
        result.chunks(),
        result.newBytes() / MIB,
        result.duplicateBytes() / MIB,
        result.indexBytesPerTebibyte() / MIB,
        result.stuckBytes() / MIB,
        result.microsPerRandomRead());
  }
}
