package dev.stillpoint.rest.dto;

import dev.stillpoint.catalog.RestorePoint;
import dev.stillpoint.model.RunId;
import dev.stillpoint.restore.GroupRestorePlan;
import dev.stillpoint.vmgroup.GroupRecovery;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the restore of a group would do.
 *
 * @param run of which all points are
 * @param earliest time of a point
 * @param latest time of a point
 * @param vms in the order in which they are given back
 * @param missing members that are not given back
 * @param refusals what stands against all of them together; what stands against one is in its plan
 */
public record RecoveryPlanDto(
    String group,
    Optional<String> run,
    Optional<Instant> earliest,
    Optional<Instant> latest,
    double skewSeconds,
    List<RestorePlanDto> vms,
    List<MissingDto> missing,
    List<String> notes,
    List<ProblemDto> refusals) {

  /** A member that is not given back, and why. */
  public record MissingDto(String vm, String vmName, String reason) {

    static MissingDto of(GroupRecovery.Missing one) {
      return new MissingDto(one.vm().id().value(), one.vm().name(), one.reason());
    }
  }

  public static RecoveryPlanDto of(GroupRecovery recovery, GroupRestorePlan plan) {
    List<Instant> times = recovery.points().stream().map(RestorePoint::time).sorted().toList();
    return new RecoveryPlanDto(
        recovery.group(),
        recovery.run().map(RunId::value),
        times.stream().findFirst(),
        times.isEmpty() ? Optional.empty() : Optional.of(times.get(times.size() - 1)),
        recovery.skew().toMillis() / 1000.0,
        plan.plans().stream().map(RestorePlanDto::of).toList(),
        recovery.missing().stream().map(MissingDto::of).toList(),
        recovery.notes(),
        plan.refusals().stream().map(ProblemDto::of).toList());
  }
}
