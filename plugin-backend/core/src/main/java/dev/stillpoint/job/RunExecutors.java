package dev.stillpoint.job;

import static java.util.Objects.requireNonNull;

/** Who can carry out which kind of run. */
public record RunExecutors(RunExecutor backup, RunExecutor restore) {

  public RunExecutors {
    requireNonNull(backup, "backup");
    requireNonNull(restore, "restore");
  }

  RunExecutor of(RunRequest request) {
    return request.executor(backup, restore);
  }
}
