package dev.stillpoint.commandline;

import dev.stillpoint.terminal.Surroundings;
import java.time.Duration;

/** Looks at a run until it has ended, and shows how it goes on. */
final class RunWatcher {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(400);
  // A server that is started again within this time has not lost the run's watcher.
  private static final long PATIENCE_NANOS = Duration.ofSeconds(30).toNanos();

  private final Api api;
  private final Surroundings around;

  RunWatcher(Api api, Surroundings around) {
    this.api = api;
    this.around = around;
  }

  /** The run as it was last seen: ended. */
  Answer watch(String run) {
    ProgressView view =
        around.columns() > 0
            ? new ProgressScreen(around.err(), around.columns(), around.nanoTicker())
            : new ProgressLines(around.err());
    Surroundings.Interruption.Watch interruption =
        around.interruption().onInterrupt(() -> sayHowToGoOn(run));
    try (interruption) {
      return untilEnded(run, view);
    }
  }

  private Answer untilEnded(String run, ProgressView view) {
    Answer answer = look(run);
    view.show(answer.document());
    while (!RunProgress.isEnded(answer.document().path("state").asText())) {
      around.waiter().await(BETWEEN_LOOKS);
      answer = look(run);
      view.show(answer.document());
    }
    return answer;
  }

  private Answer look(String run) {
    long since = around.nanoTicker().getAsLong();
    while (true) {
      try {
        return api.get(Api.path("runs", run));
      } catch (ServerUnreachableException e) {
        if (around.nanoTicker().getAsLong() - since > PATIENCE_NANOS) {
          throw e;
        }
        around.waiter().await(BETWEEN_LOOKS);
      }
    }
  }

  private void sayHowToGoOn(String run) {
    around.err().println();
    around.err().println("The run goes on. Watch it again: stillpoint runs watch " + run);
    around.err().println("Or cancel it:                    stillpoint runs cancel " + run);
    around.err().flush();
  }
}
