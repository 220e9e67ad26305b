package dev.stillpoint.history;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.job.TaskState;
import dev.stillpoint.model.RestorePointId;
import dev.stillpoint.model.RunId;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.model.VmId;
import java.time.Instant;
import java.util.Optional;

/**
 * What became of the last backup of a VM.
 *
 * @param run the last that ended
 * @param ended when that run ended
 * @param good when the last run ended that made a restore point of it; empty: none ever did
 * @param point that restore point, which may have been expired since
 */
public record VmState(
    SiteId site,
    VmId vm,
    String vmName,
    RunId run,
    TaskState state,
    Instant ended,
    Optional<Instant> good,
    Optional<RestorePointId> point,
    Optional<String> problem) {

  public VmState {
    requireNonNull(site, "site");
    requireNonNull(vm, "vm");
    requireNonNull(vmName, "vmName");
    requireNonNull(run, "run");
    requireNonNull(state, "state");
    requireNonNull(ended, "ended");
    requireNonNull(good, "good");
    requireNonNull(point, "point");
    requireNonNull(problem, "problem");
  }
}
