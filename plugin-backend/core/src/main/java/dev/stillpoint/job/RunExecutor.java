package dev.stillpoint.job;

/** Carries out one kind of run, telling the tracker how far it is. */
public interface RunExecutor {

  /**
   * Brings every VM of the run to a final state.
   *
   * @throws dev.stillpoint.model.StillpointException when the run as a whole could not be done
   */
  void execute(RunTracker tracker);
}
