package dev.stillpoint.protection;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * An answer that stays true for a while. Whoever comes while it is asked for waits for the same
 * answer, or the same refusal: a slow manager is not asked twice at once. Thread-safe.
 */
final class Lately<T> {

  private final Duration longest;
  private final InstantSource clock;
  private Optional<Asked<T>> last = Optional.empty();

  private record Asked<T>(CompletableFuture<T> answer, Optional<Instant> came) {}

  Lately(Duration longest, InstantSource clock) {
    this.longest = requireNonNull(longest, "longest");
    this.clock = requireNonNull(clock, "clock");
  }

  /** The answer there is, or else a new one; what failed is not kept. */
  T get(Supplier<T> ask) {
    CompletableFuture<T> mine = new CompletableFuture<>();
    CompletableFuture<T> answer;
    synchronized (this) {
      if (!lasts()) {
        last = Optional.of(new Asked<>(mine, Optional.empty()));
      }
      answer = last.orElseThrow().answer();
    }
    if (answer == mine) {
      return ask(mine, ask);
    }
    try {
      return answer.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  private boolean lasts() {
    Instant now = clock.instant();
    return last.filter(
            asked ->
                asked
                    .came()
                    .map(came -> !now.isBefore(came) && now.isBefore(came.plus(longest)))
                    .orElse(true))
        .isPresent();
  }

  private T ask(CompletableFuture<T> mine, Supplier<T> ask) {
    boolean answered = false;
    try {
      T found = ask.get();
      keep(Optional.of(new Asked<>(mine, Optional.of(clock.instant()))));
      mine.complete(found);
      answered = true;
      return found;
    } catch (RuntimeException e) {
      keep(Optional.empty());
      mine.completeExceptionally(e);
      answered = true;
      throw e;
    } finally {
      if (!answered) {
        keep(Optional.empty());
        mine.cancel(false);
      }
    }
  }

  private synchronized void keep(Optional<Asked<T>> asked) {
    last = asked;
  }
}
