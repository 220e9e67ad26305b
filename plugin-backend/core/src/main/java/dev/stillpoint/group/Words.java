package dev.stillpoint.group;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Choices as people write them: {@code highest-load}. */
final class Words {

  private Words() {}

  static String of(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * @throws StillpointException BAD_REQUEST naming the words that are known
   */
  static <E extends Enum<E>> E parse(Class<E> choices, String what, String word) {
    return Arrays.stream(choices.getEnumConstants())
        .filter(choice -> of(choice).equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new StillpointException(
                    ErrorKind.BAD_REQUEST,
                    what + " cannot be " + word,
                    "Give one of: "
                        + Arrays.stream(choices.getEnumConstants())
                            .map(Words::of)
                            .collect(Collectors.joining(", "))
                        + "."));
  }
}
