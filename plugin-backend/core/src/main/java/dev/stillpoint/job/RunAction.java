package dev.stillpoint.job;

import java.util.EnumSet;
import java.util.Set;

/** What somebody can have done with a run that there is. */
public enum RunAction {
  CANCEL,
  RERUN;

  /** What makes sense with the run as it is now. */
  public static Set<RunAction> of(Run run) {
    if (!run.state().isFinal()) {
      return EnumSet.of(CANCEL);
    }
    return RetryRule.isRepeatable(run) ? EnumSet.of(RERUN) : EnumSet.noneOf(RunAction.class);
  }
}
