package dev.stillpoint.health;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.health.HealthPart.State;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Looks whether the server can do its work. Whoever asks often gets what was found within the last
 * two seconds. Thread-safe.
 */
public final class Health implements AutoCloseable {

  private static final Duration FRESH = Duration.ofSeconds(2);

  /** Many times the scheduler's period, so that a slow machine is not taken for a dead one. */
  private static final Duration LONGEST_BETWEEN_LOOKS = Duration.ofMinutes(2);

  private final Supplier<Optional<Instant>> lastLook;
  private final Repository repository;
  private final Path directory;
  private final InstantSource clock;
  private final Duration patience;
  private final Instant started;
  private final ExecutorService asker =
      Executors.newSingleThreadExecutor(task -> new Thread(task, "health"));
  private Optional<Future<Optional<Instant>>> asked = Optional.empty();
  private Optional<Found> found = Optional.empty();

  private record Found(Instant when, List<HealthPart> parts) {}

  /**
   * @param lastLook when the scheduler looked last, by the database
   * @param directory the repository's
   * @param patience how long the database may take to answer
   */
  public Health(
      Supplier<Optional<Instant>> lastLook,
      Repository repository,
      Path directory,
      InstantSource clock,
      Duration patience) {
    this.lastLook = requireNonNull(lastLook, "lastLook");
    this.repository = requireNonNull(repository, "repository");
    this.directory = requireNonNull(directory, "directory");
    this.clock = requireNonNull(clock, "clock");
    this.patience = requireNonNull(patience, "patience");
    this.started = clock.instant();
  }

  /** The parts, and how each of them is. */
  public synchronized List<HealthPart> parts() {
    Instant now = clock.instant();
    boolean fresh =
        found
            .filter(one -> Duration.between(one.when(), now).abs().compareTo(FRESH) < 0)
            .isPresent();
    if (!fresh) {
      found = Optional.of(new Found(now, look(now)));
    }
    return found.orElseThrow().parts();
  }

  /** The worst of them. */
  public State state() {
    return parts().stream().map(HealthPart::state).max(State::compareTo).orElse(State.UP);
  }

  private List<HealthPart> look(Instant now) {
    HealthPart store = repository();
    try {
      Optional<Instant> last = ask();
      return List.of(
          new HealthPart("database", State.UP, "It answers"), store, scheduler(last, now));
    } catch (TimeoutException e) {
      return withoutDatabase("It does not answer within " + patience.toSeconds() + " s", store);
    } catch (ExecutionException e) {
      return withoutDatabase(String.valueOf(e.getCause().getMessage()), store);
    } catch (RejectedExecutionException e) {
      return withoutDatabase("The server stops", store);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return withoutDatabase("Nobody waited for its answer", store);
    }
  }

  private static List<HealthPart> withoutDatabase(String reason, HealthPart store) {
    return List.of(
        new HealthPart("database", State.DOWN, reason),
        store,
        new HealthPart("scheduler", State.DOWN, "Without a database nothing starts by itself"));
  }

  /** One question at a time: a database that hangs must not take a thread for each look. */
  private Optional<Instant> ask()
      throws InterruptedException, ExecutionException, TimeoutException {
    if (asked.isEmpty()) {
      asked = Optional.of(asker.submit(lastLook::get));
    }
    Optional<Instant> answer;
    try {
      answer = asked.get().get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      asked = Optional.empty();
      throw e;
    }
    asked = Optional.empty();
    return answer;
  }

  private HealthPart scheduler(Optional<Instant> last, Instant now) {
    Instant since = last.filter(started::isBefore).orElse(started);
    Duration ago = Duration.between(since, now);
    return ago.compareTo(LONGEST_BETWEEN_LOOKS) > 0
        ? new HealthPart(
            "scheduler",
            State.DEGRADED,
            "It has not looked for " + ago.toMinutes() + " minutes: nothing starts by itself")
        : new HealthPart("scheduler", State.UP, "It looks at what is due");
  }

  private HealthPart repository() {
    try {
      boolean writable = Files.isWritable(directory) && !Files.getFileStore(directory).isReadOnly();
      if (!writable) {
        return part(State.DOWN, "Nothing can be written into " + directory);
      }
      int findings = repository.findings().size();
      if (findings > 0) {
        return part(State.DEGRADED, findings + " files are damaged or missing");
      }
      return repository.space().free().bytes() > 0
          ? part(State.UP, "It is open and has room")
          : part(State.DEGRADED, "It is full: no backup can be made");
    } catch (IOException | StillpointException e) {
      return part(State.DOWN, String.valueOf(e.getMessage()));
    }
  }

  private static HealthPart part(State state, String reason) {
    return new HealthPart("repository", state, reason);
  }

  @Override
  public void close() {
    asker.shutdownNow();
  }
}
