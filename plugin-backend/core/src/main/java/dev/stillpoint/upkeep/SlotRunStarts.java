package dev.stillpoint.upkeep;

import dev.stillpoint.job.BackupRequest;
import dev.stillpoint.job.Run;
import dev.stillpoint.job.RunStore;
import dev.stillpoint.job.SlotStart;
import dev.stillpoint.job.SlotStartStore;
import dev.stillpoint.model.PolicyId;
import dev.stillpoint.model.RunId;
import dev.stillpoint.policy.Policy;
import dev.stillpoint.policy.PolicyStore;
import dev.stillpoint.retention.RunKind;
import dev.stillpoint.schedule.Recurrence;
import java.util.Optional;

/**
 * What a schedule started counts from its slot and is of the schedule's kind, also when it is a
 * repetition of such a run; all else was asked for.
 */
public final class SlotRunStarts implements RunStarts {

  /** A repetition comes hours after its slot at most. */
  private static final int LATEST = 20;

  private final PolicyStore policies;
  private final SlotStartStore slots;
  private final RunStore runs;

  public SlotRunStarts(PolicyStore policies, SlotStartStore slots, RunStore runs) {
    this.policies = policies;
    this.slots = slots;
    this.runs = runs;
  }

  @Override
  public Start of(Run run) {
    return run.request() instanceof BackupRequest backup
        ? backup.policy().flatMap(policy -> ofSlot(policy, run, backup)).orElse(manual(run))
        : manual(run);
  }

  private Optional<Start> ofSlot(PolicyId policy, Run run, BackupRequest backup) {
    Optional<RunKind> kind =
        policies.find(policy).flatMap(Policy::schedule).map(s -> kind(s.recurrence().sort()));
    RunId first = first(run.id(), backup);
    return kind.flatMap(
        known ->
            slots.latest(policy, LATEST).stream()
                .filter(start -> start.run().equals(Optional.of(first)))
                .findFirst()
                .map(SlotStart::slot)
                .map(slot -> new Start(slot, known)));
  }

  /** A repetition may be one of a repetition. */
  private RunId first(RunId id, BackupRequest backup) {
    RunId first = id;
    Optional<BackupRequest.Repeat> repeat = backup.repeat();
    for (int i = 0; i < LATEST && repeat.isPresent(); i++) {
      first = repeat.get().of();
      repeat =
          runs.find(first)
              .flatMap(
                  run ->
                      run.request() instanceof BackupRequest before
                          ? before.repeat()
                          : Optional.empty());
    }
    return first;
  }

  private static RunKind kind(Recurrence.Sort sort) {
    return switch (sort) {
      case ONE_TIME -> RunKind.ONE_TIME;
      case DAILY -> RunKind.DAILY;
      case WEEKLY -> RunKind.WEEKLY;
      case MONTHLY -> RunKind.MONTHLY;
    };
  }

  private static Start manual(Run run) {
    return new Start(run.started().orElse(run.created()), RunKind.MANUAL);
  }
}
