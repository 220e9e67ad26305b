package dev.stillpoint.job;

import java.util.List;

/** A run that gives restore points back. */
public sealed interface Restores extends RunRequest permits RestoreRequest, GroupRestoreRequest {

  /** One for each VM, in their order; the run's tasks are the same. */
  List<RestoreRequest> parts();

  /** After one that fails none is begun. */
  boolean stopsAtFailure();

  @Override
  default RunExecutor executor(RunExecutor backup, RunExecutor restore) {
    return restore;
  }
}
