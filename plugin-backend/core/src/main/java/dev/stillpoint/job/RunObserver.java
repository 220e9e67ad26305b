package dev.stillpoint.job;

import java.util.function.Supplier;

/** Told of runs as they begin and end. Must return at once and never throw. */
public interface RunObserver {

  /**
   * @param current the run as it is whenever this is asked
   */
  void started(Run run, Supplier<Run> current);

  /** All of it is done, and nobody can see yet that it has ended. */
  default void ending(Run run) {}

  /** Also for a run that a stop of the server interrupted. */
  void ended(Run run);
}
