package dev.stillpoint.retention;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.util.List;

/**
 * Of how many days, weeks, months and years the newest good point is kept beyond its time; those
 * are counted that have a point, the newest first. Zero: none. Weeks begin on Mondays.
 */
public record Gfs(int daily, int weekly, int monthly, int yearly) {

  public static final Gfs NONE = new Gfs(0, 0, 0, 0);

  private static final int MOST = 10_000;

  public Gfs {
    for (int count : List.of(daily, weekly, monthly, yearly)) {
      if (count < 0 || count > MOST) {
        throw new StillpointException(
            ErrorKind.BAD_REQUEST,
            "Points of " + count + " days, weeks, months or years cannot be kept",
            "Give numbers from 0 (none) to " + MOST + ".");
      }
    }
  }
}
