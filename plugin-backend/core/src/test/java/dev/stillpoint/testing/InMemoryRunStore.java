package dev.stillpoint.testing;

import dev.stillpoint.job.BackupRequest;
import dev.stillpoint.job.Run;
import dev.stillpoint.job.RunStore;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.PolicyId;
import dev.stillpoint.model.RunId;
import dev.stillpoint.model.StillpointException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A run store that forgets everything at the end. */
public final class InMemoryRunStore implements RunStore {

  private final Map<RunId, Run> runs = new LinkedHashMap<>();
  private boolean full;

  /** From now on nothing can be updated, as on a full disk; or all is well again. */
  public synchronized void full(boolean isFull) {
    full = isFull;
  }

  @Override
  public synchronized void insert(Run run) {
    if (runs.putIfAbsent(run.id(), run) != null) {
      throw new StillpointException(
          ErrorKind.CONFLICT, "Run " + run.id() + " is kept already", "Ask for a new run.");
    }
  }

  @Override
  public synchronized void update(Run run) {
    if (full) {
      throw new StillpointException(ErrorKind.OUT_OF_SPACE, "The disk is full", "Free space.");
    }
    if (runs.replace(run.id(), run) == null) {
      throw new StillpointException(
          ErrorKind.NOT_FOUND, "There is no run " + run.id(), "List the runs that there are.");
    }
  }

  @Override
  public synchronized Optional<Run> find(RunId id) {
    return Optional.ofNullable(runs.get(id));
  }

  @Override
  public synchronized List<Run> unfinished() {
    return runs.values().stream().filter(run -> !run.state().isFinal()).toList();
  }

  @Override
  public synchronized List<Run> newestOf(PolicyId policy, int limit) {
    return newest(Integer.MAX_VALUE).stream()
        .filter(
            run ->
                run.request() instanceof BackupRequest backup
                    && backup.policy().equals(Optional.of(policy)))
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized List<Run> newest(int limit) {
    List<Run> newestFirst = new ArrayList<>(runs.values());
    Collections.reverse(newestFirst);
    return newestFirst.stream().limit(limit).toList();
  }
}
