package dev.stillpoint.page;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which part of a list is asked for.
 *
 * @param sort by what it is sorted
 * @param limit 1 to 1,000 items
 * @param after where the page begins; empty for the first
 */
public record Slice<S extends Enum<S>>(
    S sort, boolean descending, int limit, Optional<Cursor> after) {

  public static final int MAX_LIMIT = 1000;

  public Slice {
    requireNonNull(sort, "sort");
    requireNonNull(after, "after");
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new StillpointException(
          ErrorKind.BAD_REQUEST,
          "A limit is between 1 and " + MAX_LIMIT + ": " + limit,
          "Ask for more with the 'next' of the page.");
    }
    if (after.isPresent() && !after.get().order().equals(order(sort, descending))) {
      throw Cursor.refused(after.get().text());
    }
  }

  /** The first page. */
  public static <S extends Enum<S>> Slice<S> first(S sort, boolean descending, int limit) {
    return new Slice<>(sort, descending, limit, Optional.empty());
  }

  /**
   * As callers say it.
   *
   * @param sort one of {@code choices} in small letters, with a minus in front when it descends
   * @throws StillpointException BAD_REQUEST naming the choices
   */
  public static <S extends Enum<S>> Slice<S> parse(
      S[] choices, String sort, int limit, Optional<String> after) {
    boolean descending = sort.startsWith("-");
    String word = descending ? sort.substring(1) : sort;
    S by =
        Arrays.stream(choices)
            .filter(choice -> word(choice).equals(word))
            .findFirst()
            .orElseThrow(
                () ->
                    new StillpointException(
                        ErrorKind.BAD_REQUEST,
                        "This list cannot be sorted by '" + sort + "'",
                        "Choose from "
                            + String.join(", ", Arrays.stream(choices).map(Slice::word).toList())
                            + "; a minus in front turns it round."));
    return new Slice<>(by, descending, limit, after.map(Cursor::parse));
  }

  /** The page after one that ends with such a row. */
  public Cursor behind(List<String> key) {
    return new Cursor(order(sort, descending), key);
  }

  public Slice<S> after(Cursor cursor) {
    return new Slice<>(sort, descending, limit, Optional.of(cursor));
  }

  private static String order(Enum<?> sort, boolean descending) {
    return (descending ? "-" : "") + word(sort);
  }

  private static String word(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }
}
