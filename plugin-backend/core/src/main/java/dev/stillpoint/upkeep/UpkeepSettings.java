package dev.stillpoint.upkeep;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Period;
import java.util.Optional;

/**
 * How the server keeps its repository.
 *
 * @param holdsAllowed whether points may be held beyond their time
 * @param withoutPolicy how long points are kept that were asked for without a policy; empty: until
 *     they are deleted
 * @param goneAfter a VM that is not seen for so long, while others of its site are, is deleted
 */
public record UpkeepSettings(
    boolean holdsAllowed,
    Optional<Period> withoutPolicy,
    Duration goneAfter,
    CollectSettings collect,
    HistorySettings history) {

  public UpkeepSettings {
    requireNonNull(withoutPolicy, "withoutPolicy");
    requireNonNull(goneAfter, "goneAfter");
    requireNonNull(collect, "collect");
    requireNonNull(history, "history");
  }

  public static UpkeepSettings standard() {
    return new UpkeepSettings(
        false,
        Optional.empty(),
        Duration.ofDays(7),
        CollectSettings.standard(),
        HistorySettings.standard());
  }
}
