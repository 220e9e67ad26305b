package dev.stillpoint.model;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.stream.Collectors;

/**
 * Why something is as it is: a sentence for people, and what a program needs to say it otherwise.
 *
 * @param values what fills the gaps of the sentence, by their names; instants as in ISO 8601
 */
public record Reason(ReasonCode code, Map<String, String> values) {

  public Reason {
    requireNonNull(code, "code");
    values = Map.copyOf(values);
    for (Matcher gap = code.gaps(); gap.find(); ) {
      requireNonNull(values.get(gap.group(1)), gap.group(1));
    }
  }

  /**
   * @param values for the gaps, in their order
   */
  public static Reason of(ReasonCode code, Object... values) {
    Map<String, String> named = new TreeMap<>();
    int next = 0;
    for (Matcher gap = code.gaps(); gap.find(); ) {
      if (!named.containsKey(gap.group(1))) {
        named.put(gap.group(1), String.valueOf(values[next]));
        next++;
      }
    }
    if (next != values.length) {
      throw new IllegalArgumentException(code + " has other gaps than " + Arrays.asList(values));
    }
    return new Reason(code, named);
  }

  /**
   * The reason that a kept sentence once was made of; empty for one that nobody makes any more, or
   * that somebody else said.
   */
  public static Optional<Reason> in(String sentence) {
    return Arrays.stream(ReasonCode.values())
        .flatMap(code -> read(code, sentence).stream())
        .findFirst();
  }

  private static Optional<Reason> read(ReasonCode code, String sentence) {
    Matcher said = code.in(sentence);
    if (!said.matches()) {
      return Optional.empty();
    }
    Map<String, String> values = new TreeMap<>();
    Matcher names = code.gaps();
    for (int group = 1; names.find(); group++) {
      values.put(names.group(1), said.group(group));
    }
    return Optional.of(new Reason(code, values));
  }

  /** The sentence in English, without a full stop. */
  public String text() {
    return code.gaps().replaceAll(gap -> Matcher.quoteReplacement(values.get(gap.group(1))));
  }

  /** Several in one sentence. */
  public static String text(List<Reason> reasons) {
    return reasons.stream().map(Reason::text).collect(Collectors.joining("; "));
  }
}
