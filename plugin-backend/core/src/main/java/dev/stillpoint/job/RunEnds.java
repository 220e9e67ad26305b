package dev.stillpoint.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.RunId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Says how runs end, and what is done again of them. Pure. */
final class RunEnds {

  private final RetryRule retries;

  RunEnds(RetryRule retries) {
    this.retries = retries;
  }

  /**
   * A run that has ended.
   *
   * @param repeat does some of it again; to be kept before the end is
   */
  record Ended(Run run, Optional<Run> repeat) {}

  /** The end of a run that came to one. */
  Ended of(Run run, RunState state, Optional<Problem> problem, Instant now) {
    Run ended = end(run, state, problem, now);
    return with(ended, retries.after(ended, now), now);
  }

  /** The end of a run in whose middle the server stops or has stopped. */
  Ended interrupted(Run run, RunState state, Instant now) {
    Problem why =
        new Problem(
            ErrorKind.INTERNAL,
            "The server stopped in the middle of this run",
            "What it left on the manager is being removed; start the run again, unless its notes"
                + " say that this is done.");
    return with(end(run, state, Optional.of(why), now), retries.afterInterruption(run, now), now);
  }

  /** Ends a run and what of it had not ended. */
  static Run end(Run run, RunState state, Optional<Problem> problem, Instant now) {
    TaskState open = state == RunState.CANCELLED ? TaskState.CANCELLED : TaskState.FAILED;
    Run ended = run;
    for (int i = 0; i < run.vms().size(); i++) {
      if (!run.vms().get(i).state().isFinal()) {
        ended = ended.withVm(i, task -> task.withState(open));
      }
    }
    return ended.end(state, problem, now);
  }

  /** The id of the repetition follows from the run's: it can be kept only once. */
  private static Ended with(Run ended, Optional<BackupRequest> again, Instant now) {
    if (again.isEmpty()) {
      return new Ended(ended, Optional.empty());
    }
    UUID id = UUID.nameUUIDFromBytes(("after " + ended.id()).getBytes(UTF_8));
    Run repeat = Run.queued(new RunId(id.toString()), ended.site(), again.get(), now);
    return new Ended(noted(ended, repeat), Optional.of(repeat));
  }

  private static Run noted(Run ended, Run repeat) {
    String note = "Tried again in run " + repeat.id() + ", not before " + repeat.notBefore();
    Run noted = ended;
    for (int i = 0; i < ended.vms().size(); i++) {
      VmTask task = ended.vms().get(i);
      if (repeat.vms().stream().anyMatch(again -> again.vm().equals(task.vm()))) {
        noted = noted.withVm(i, t -> t.withNote(note));
      }
    }
    return noted;
  }
}
