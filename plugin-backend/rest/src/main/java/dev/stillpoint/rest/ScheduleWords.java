package dev.stillpoint.rest;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.rest.dto.ScheduleDto;
import dev.stillpoint.schedule.Recurrence;
import dev.stillpoint.schedule.Recurrence.Ordinal;
import dev.stillpoint.schedule.Schedule;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Schedules as callers write them. */
final class ScheduleWords {

  private static final String LAST = "last";

  private ScheduleWords() {}

  static Schedule read(ScheduleDto sent, Instant now) {
    String type = Require.present(sent.type(), "schedule.type");
    int hour = Require.present(sent.hour(), "schedule.hour");
    ZoneId zone = zone(sent.zone().orElse("UTC"));
    requireOnly(sent.weekdays().isPresent(), "weekdays", type, "weekly");
    requireOnly(sent.on().isPresent(), "on", type, "monthly");
    Recurrence recurrence =
        switch (type) {
          case "one-time" -> new Recurrence.OneTime();
          case "daily" -> new Recurrence.Daily();
          case "weekly" -> weekly(sent.weekdays().orElse(List.of()));
          case "monthly" -> monthly(Require.present(sent.on().orElse(null), "schedule.on"));
          default ->
              throw bad(
                  "'" + type + "' is no type of schedule",
                  "Known are one-time, daily, weekly and monthly.");
        };
    if (type.equals("one-time")) {
      Require.present(sent.start().orElse(null), "schedule.start");
    }
    LocalDate first =
        sent.start().map(ScheduleWords::date).orElseGet(() -> now.atZone(zone).toLocalDate());
    return new Schedule(recurrence, hour, first, zone);
  }

  private static void requireOnly(boolean isSent, String field, String type, String needed) {
    if (isSent && !type.equals(needed)) {
      throw bad(
          "A " + type + " schedule has no " + field, "Only a " + needed + " schedule has them.");
    }
  }

  private static ZoneId zone(String text) {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw bad("'" + text + "' is no time zone", "Name one like Europe/Berlin, or UTC.");
    }
  }

  private static LocalDate date(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw bad("'" + text + "' is no date", "Write it like 2026-11-21.");
    }
  }

  private static Recurrence weekly(List<String> days) {
    return new Recurrence.Weekly(
        Require.all(days, "schedule.weekdays").stream()
            .map(day -> word(DayOfWeek.values(), day, "weekday"))
            .collect(Collectors.toUnmodifiableSet()));
  }

  private static Recurrence monthly(String on) {
    String[] words = on.strip().toLowerCase(Locale.ROOT).split("\\s+");
    if (words.length == 2) {
      return new Recurrence.WeekdayOfMonth(
          word(Ordinal.values(), words[0], "place in a month"),
          word(DayOfWeek.values(), words[1], "weekday"));
    }
    if (words.length == 1 && words[0].equals(LAST)) {
      return new Recurrence.LastDayOfMonth();
    }
    if (words.length == 1 && words[0].matches("[0-9]{1,2}")) {
      return new Recurrence.DayOfMonth(Integer.parseInt(words[0]));
    }
    throw bad("'" + on + "' is no day of a month", "Write 31, last, third monday, or last friday.");
  }

  private static <E extends Enum<E>> E word(E[] values, String text, String what) {
    return Arrays.stream(values)
        .filter(value -> value.name().equalsIgnoreCase(text.strip()))
        .findFirst()
        .orElseThrow(
            () ->
                bad(
                    "'" + text + "' is no " + what,
                    "Known are "
                        + Arrays.stream(values)
                            .map(ScheduleWords::lower)
                            .collect(Collectors.joining(", "))
                        + "."));
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static StillpointException bad(String message, String remedy) {
    return new StillpointException(ErrorKind.BAD_REQUEST, message, remedy);
  }

  /** What {@link #read} reads. */
  static ScheduleDto write(Schedule schedule) {
    Recurrence recurrence = schedule.recurrence();
    Optional<List<String>> weekdays =
        recurrence instanceof Recurrence.Weekly weekly
            ? Optional.of(new TreeSet<>(weekly.days()).stream().map(ScheduleWords::lower).toList())
            : Optional.empty();
    return new ScheduleDto(
        lower(recurrence.sort()).replace('_', '-'),
        schedule.hour(),
        Optional.of(schedule.first().toString()),
        Optional.of(schedule.zone().equals(ZoneOffset.UTC) ? "UTC" : schedule.zone().getId()),
        weekdays,
        on(recurrence));
  }

  private static Optional<String> on(Recurrence recurrence) {
    if (recurrence instanceof Recurrence.DayOfMonth monthly) {
      return Optional.of(String.valueOf(monthly.day()));
    }
    if (recurrence instanceof Recurrence.LastDayOfMonth) {
      return Optional.of(LAST);
    }
    return recurrence instanceof Recurrence.WeekdayOfMonth monthly
        ? Optional.of(lower(monthly.ordinal()) + " " + lower(monthly.weekday()))
        : Optional.empty();
  }
}
