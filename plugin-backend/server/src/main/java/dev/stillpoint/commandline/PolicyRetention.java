package dev.stillpoint.commandline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options that say how long a policy's points are kept. */
final class PolicyRetention {

  private static final int NONE = 0;

  @Option(
      names = "--keep",
      arity = "1..*",
      paramLabel = "KIND=TIME",
      description =
          "How long points are kept, by kind of run: one-time, daily, weekly, monthly, manual; 30d,"
              + " 8w, 12m, 7y. It is fixed when a point is made. Kinds that are not named are kept"
              + " until they are deleted.")
  private Map<String, String> keep = new LinkedHashMap<>();

  @Option(
      names = "--keep-last",
      paramLabel = "N",
      description = "Also keep so many of the newest good points of a VM.")
  private int last = NONE;

  @Option(
      names = "--keep-daily",
      paramLabel = "N",
      description = "Also keep the newest point of so many days.")
  private int daily = NONE;

  @Option(
      names = "--keep-weekly",
      paramLabel = "N",
      description = "Also keep the newest point of so many weeks.")
  private int weekly = NONE;

  @Option(
      names = "--keep-monthly",
      paramLabel = "N",
      description = "Also keep the newest point of so many months.")
  private int monthly = NONE;

  @Option(
      names = "--keep-yearly",
      paramLabel = "N",
      description = "Also keep the newest point of so many years.")
  private int yearly = NONE;

  @Option(
      names = "--keep-zone",
      paramLabel = "ZONE",
      defaultValue = "",
      description = "The time zone of these days, weeks, months and years; else UTC.")
  private String zone = "";

  /** Whether anything is said of it. */
  boolean isGiven() {
    return !keep.isEmpty() || last + daily + weekly + monthly + yearly != NONE || !zone.isEmpty();
  }

  void putInto(ObjectNode retention) {
    ObjectNode kinds = retention.putObject("keep");
    keep.forEach(kinds::put);
    retention.put("keepLast", last);
    retention
        .putObject("gfs")
        .put("daily", daily)
        .put("weekly", weekly)
        .put("monthly", monthly)
        .put("yearly", yearly);
    if (!zone.isEmpty()) {
      retention.put("zone", zone);
    }
  }
}
