package dev.stillpoint.upkeep;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.ByteCount;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether a collection is worthwhile now, and why or why not. Pure.
 *
 * @param reason in words
 */
public record CollectDecision(boolean start, String reason) {

  /** With less than this part of all space free, it does not wait for its window. */
  private static final int SCARCE_PART = 10;

  private static final int PERCENT = 100;

  /**
   * What the decision depends on.
   *
   * @param last when the last one found out who needs what; empty when there was none
   * @param first since when there are points; empty when there are none
   * @param expired what points had stored that ended since then: about what there is to be had
   * @param used all of the repository's files
   */
  public record Figures(
      Optional<Instant> last,
      Optional<Instant> first,
      ByteCount expired,
      ByteCount used,
      ByteCount free) {

    public Figures {
      requireNonNull(last, "last");
      requireNonNull(first, "first");
      requireNonNull(expired, "expired");
      requireNonNull(used, "used");
      requireNonNull(free, "free");
    }

    /** From when it is counted how long there was no collection. */
    private Optional<Instant> since() {
      return last.or(() -> first);
    }
  }

  public CollectDecision {
    requireNonNull(reason, "reason");
  }

  public static CollectDecision decide(Figures figures, CollectSettings settings, Instant now) {
    if (settings.thresholdPercent() == 0) {
      return no("collections begin only when they are asked for");
    }
    boolean something = figures.expired().bytes() > 0;
    boolean scarce =
        figures.free().bytes() < (figures.used().bytes() + figures.free().bytes()) / SCARCE_PART;
    if (something && scarce) {
      return yes(
          "only " + figures.free() + " are free, and expired points had " + figures.expired());
    }
    Optional<String> worthwhile = worthwhile(figures, settings, now);
    if (worthwhile.isEmpty()) {
      return no(
          "expired points had "
              + figures.expired()
              + ", less than "
              + settings.thresholdPercent()
              + " % of what is used");
    }
    return settings.window().holds(now)
        ? yes(worthwhile.get())
        : no(worthwhile.get() + "; waits for the window " + settings.window());
  }

  private static Optional<String> worthwhile(
      Figures figures, CollectSettings settings, Instant now) {
    long threshold = figures.used().bytes() / PERCENT * settings.thresholdPercent();
    if (figures.expired().bytes() > 0 && figures.expired().bytes() >= threshold) {
      return Optional.of("expired points had " + figures.expired());
    }
    return figures
        .since()
        .filter(instant -> !instant.plus(settings.longest()).isAfter(now))
        .map(instant -> "none since " + instant);
  }

  private static CollectDecision yes(String reason) {
    return new CollectDecision(true, reason);
  }

  private static CollectDecision no(String reason) {
    return new CollectDecision(false, reason);
  }
}
