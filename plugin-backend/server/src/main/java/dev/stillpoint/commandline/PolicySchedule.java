package dev.stillpoint.commandline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The options that say when a policy starts by itself. */
final class PolicySchedule {

  private static final int NO_HOUR = -1;

  @Option(names = "--daily", description = "Start every day.")
  private boolean daily;

  @Option(
      names = "--weekly",
      split = ",",
      paramLabel = "DAY,…",
      description = "Start on these weekdays: monday,thursday.")
  private List<String> weekly = new ArrayList<>();

  @Option(
      names = "--monthly",
      defaultValue = "",
      paramLabel = "DAY",
      description =
          "Start on a day of each month: 31, last, \"third monday\", \"last friday\". A month without"
              + " that day has no start.")
  private String monthly = "";

  @Option(
      names = "--once",
      defaultValue = "",
      paramLabel = "DATE",
      description = "Start on one date only, like 2026-12-24.")
  private String once = "";

  @Option(
      names = "--hour",
      defaultValue = "" + NO_HOUR,
      paramLabel = "0-23",
      description = "The hour within which it starts.")
  private int hour = NO_HOUR;

  @Option(
      names = "--from",
      defaultValue = "",
      paramLabel = "DATE",
      description = "The first day that counts; today if not given.")
  private String from = "";

  @Option(
      names = "--zone",
      defaultValue = "",
      paramLabel = "ZONE",
      description =
          "The time zone of hour and dates, like Europe/Berlin; this machine's if not given.")
  private String zone = "";

  boolean isGiven() {
    return count() > 0;
  }

  private long count() {
    return Stream.of(daily, !weekly.isEmpty(), !monthly.isEmpty(), !once.isEmpty())
        .filter(given -> given)
        .count();
  }

  /** Fills the API's schedule; does nothing when none of the options was given. */
  void putInto(ObjectNode policy, ZoneId here) {
    if (count() == 0 && hour == NO_HOUR && from.isEmpty() && zone.isEmpty()) {
      return;
    }
    fill(policy.putObject("schedule"), here);
  }

  /**
   * @throws StillpointException BAD_REQUEST when it is no schedule
   */
  void fill(ObjectNode schedule, ZoneId here) {
    if (count() != 1 || hour == NO_HOUR || (!once.isEmpty() && !from.isEmpty())) {
      throw new StillpointException(
          ErrorKind.BAD_REQUEST,
          "A schedule is --daily, --weekly, --monthly or --once: one of them, with --hour",
          "For example: --weekly saturday,sunday --hour 2 --zone Europe/Berlin");
    }
    schedule.put("hour", hour).put("zone", zone.isEmpty() ? here.getId() : zone);
    if (daily) {
      schedule.put("type", "daily");
    } else if (!weekly.isEmpty()) {
      schedule.put("type", "weekly");
      PoliciesCommand.putAll(schedule.putArray("weekdays"), weekly);
    } else if (!monthly.isEmpty()) {
      schedule.put("type", "monthly").put("on", monthly);
    } else {
      schedule.put("type", "one-time").put("start", once);
    }
    if (!from.isEmpty()) {
      schedule.put("start", from);
    }
  }

  /** The API's schedule in words; empty for none. */
  static String words(JsonNode schedule) {
    if (!schedule.isObject()) {
      return "";
    }
    List<String> weekdays = new ArrayList<>();
    schedule.path("weekdays").forEach(day -> weekdays.add(day.asText()));
    String days = weekdays.isEmpty() ? schedule.path("on").asText() : String.join(", ", weekdays);
    return "%s%s in the hour from %02d:00 %s, from %s"
        .formatted(
            schedule.path("type").asText(),
            days.isEmpty() ? "" : " on " + days,
            schedule.path("hour").asInt(),
            schedule.path("zone").asText(),
            schedule.path("start").asText());
  }
}
