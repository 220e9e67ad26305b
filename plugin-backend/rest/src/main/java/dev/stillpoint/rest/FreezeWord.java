package dev.stillpoint.rest;

import dev.stillpoint.hypervisor.Freezing;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How the API words what is asked of guests: {@code none}, {@code try}, {@code require}. */
final class FreezeWord {

  private FreezeWord() {}

  private static String of(Freezing freezing) {
    return freezing.name().toLowerCase(Locale.ROOT);
  }

  /**
   * @param word {@code none} where it is left out
   * @throws StillpointException BAD_REQUEST
   */
  static Freezing read(Optional<String> word) {
    String wanted = word.orElse(of(Freezing.NONE));
    return Arrays.stream(Freezing.values())
        .filter(freezing -> of(freezing).equals(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                new StillpointException(
                    ErrorKind.BAD_REQUEST,
                    "freeze cannot be " + wanted,
                    "Give one of: none, try, require."));
  }
}
