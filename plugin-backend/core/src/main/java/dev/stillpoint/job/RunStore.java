package dev.stillpoint.job;

import dev.stillpoint.model.PolicyId;
import dev.stillpoint.model.RunId;
import java.util.List;
import java.util.Optional;

/** Keeps runs. Thread-safe; every call is one transaction, durable when it returns. */
public interface RunStore {

  /**
   * Keeps a new run.
   *
   * @throws dev.stillpoint.model.StillpointException CONFLICT when a run of this id is kept
   */
  void insert(Run run);

  /**
   * Replaces what is kept of a run.
   *
   * @throws dev.stillpoint.model.StillpointException NOT_FOUND when no run of this id is kept
   */
  void update(Run run);

  Optional<Run> find(RunId id);

  /** Runs that are queued or running, in the order they were asked for. */
  List<Run> unfinished();

  /** The newest runs first, at most so many. */
  List<Run> newest(int limit);

  /** The newest runs of a policy first, at most so many. */
  List<Run> newestOf(PolicyId policy, int limit);
}
