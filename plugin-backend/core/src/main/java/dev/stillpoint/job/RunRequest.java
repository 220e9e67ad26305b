package dev.stillpoint.job;

import java.util.List;

/** What a run is asked to do. */
public sealed interface RunRequest permits BackupRequest, Restores {

  /** The VMs it is about, before anything was done. */
  List<VmTask> tasks();

  /** Whichever of the two can carry it out. */
  RunExecutor executor(RunExecutor backup, RunExecutor restore);
}
