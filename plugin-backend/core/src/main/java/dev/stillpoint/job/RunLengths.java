package dev.stillpoint.job;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Foretells how long a run takes from how long those before it took. */
public final class RunLengths {

  /** So many of the last runs count. */
  public static final int HISTORY = 9;

  private RunLengths() {}

  /** The median of the runs that came to a good end; of two in the middle the longer. */
  public static Optional<Duration> predict(List<Run> earlier) {
    List<Duration> lengths =
        earlier.stream()
            .filter(run -> run.state() == RunState.SUCCEEDED || run.state() == RunState.WARNING)
            .flatMap(run -> length(run).stream())
            .sorted()
            .toList();
    return lengths.isEmpty() ? Optional.empty() : Optional.of(lengths.get(lengths.size() / 2));
  }

  private static Optional<Duration> length(Run run) {
    return run.started()
        .flatMap(begin -> run.ended().map(end -> Duration.between(begin, end)))
        .filter(length -> !length.isNegative());
  }
}
