package dev.stillpoint.retention;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How people write how long something is kept: {@code 30d}, {@code 8w}, {@code 12m}, {@code 7y}.
 */
public final class KeepTime {

  private static final Pattern TYPED = Pattern.compile("(\\d{1,5}) ?([dwmy])");

  private KeepTime() {}

  /**
   * Days, weeks, months or years of a calendar.
   *
   * @throws StillpointException BAD_REQUEST for anything else
   */
  public static Period parse(String text) {
    Matcher matcher = TYPED.matcher(text.strip());
    if (!matcher.matches()) {
      throw new StillpointException(
          ErrorKind.BAD_REQUEST,
          "'" + text + "' is no time to keep something for",
          "Write it like 30d, 8w, 12m or 7y: days, weeks, months, years.");
    }
    int amount = Integer.parseInt(matcher.group(1));
    return switch (matcher.group(2)) {
      case "d" -> Period.ofDays(amount);
      case "w" -> Period.ofWeeks(amount);
      case "m" -> Period.ofMonths(amount);
      default -> Period.ofYears(amount);
    };
  }

  /** What {@link #parse} reads, where one unit is enough; else as ISO 8601 has it. */
  public static String text(Period period) {
    List<String> parts = new ArrayList<>();
    add(parts, period.getYears(), "y");
    add(parts, period.getMonths(), "m");
    add(parts, period.getDays(), "d");
    return parts.size() == 1 ? parts.get(0) : period.toString();
  }

  private static void add(List<String> parts, int amount, String unit) {
    if (amount != 0) {
      parts.add(amount + unit);
    }
  }
}
