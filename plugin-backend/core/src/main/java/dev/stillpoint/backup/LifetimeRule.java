package dev.stillpoint.backup;

import dev.stillpoint.job.Run;
import dev.stillpoint.retention.Lifetime;

/** Says how long the points of a run are kept. Asked once, when the run begins. */
public interface LifetimeRule {

  Lifetime of(Run run);
}
