package dev.stillpoint.retention;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How a run came about, which decides how long its points are kept. */
public enum RunKind {
  ONE_TIME,
  DAILY,
  WEEKLY,
  MONTHLY,
  /** Asked for by somebody. */
  MANUAL;

  /** As people write it: {@code one-time}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Reads what {@link #word} writes.
   *
   * @throws StillpointException BAD_REQUEST naming the words that are known
   */
  public static RunKind parse(String word) {
    return Arrays.stream(values())
        .filter(kind -> kind.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new StillpointException(
                    ErrorKind.BAD_REQUEST,
                    "'" + word + "' is no kind of run",
                    "The kinds are: "
                        + Arrays.stream(values())
                            .map(RunKind::word)
                            .collect(Collectors.joining(", "))));
  }
}
