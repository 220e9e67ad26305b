package dev.stillpoint.rest.dto;

import dev.stillpoint.job.BackupRequest;
import dev.stillpoint.job.DiskTask;
import dev.stillpoint.job.GroupRestoreRequest;
import dev.stillpoint.job.QueueForecast;
import dev.stillpoint.job.Run;
import dev.stillpoint.job.RunAction;
import dev.stillpoint.job.RunState;
import dev.stillpoint.job.TaskState;
import dev.stillpoint.job.VmTask;
import dev.stillpoint.model.DiskId;
import dev.stillpoint.model.PolicyId;
import dev.stillpoint.model.RestorePointId;
import dev.stillpoint.model.VmId;
import dev.stillpoint.rest.openapi.Words;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A run as it is this moment.
 *
 * @param repeatOf the run of which it does again what failed
 * @param queue of a run that waits
 * @param members who joined the policy and who left it since its run before
 * @param vmGroup of a restore of several VMs: the manager's group they are
 * @param cancelling it was cancelled and still has to await what the manager does for it, and to
 *     clean up
 * @param actions what the caller may have done with it now, so that nobody is offered what he is
 *     refused; only when it is asked for by itself
 */
public record RunDto(
    String id,
    @Words({"backup", "restore"}) String kind,
    String site,
    Optional<String> policy,
    @Words(of = RunState.class) String state,
    Instant created,
    Optional<Instant> started,
    Optional<Instant> ended,
    Optional<ProblemDto> problem,
    Optional<String> repeatOf,
    Optional<PlaceDto> queue,
    List<VmTaskDto> vms,
    Optional<GroupReportDto> group,
    Optional<MembershipDto> members,
    Optional<String> vmGroup,
    boolean cancelling,
    @Words(of = RunAction.class) Optional<List<String>> actions) {

  /**
   * Where the run stands in the queue.
   *
   * @param position 1 for the one that is next
   * @param expectedStart empty where a run before it is of unknown length
   * @param reason why it does not run yet
   */
  public record PlaceDto(int position, Optional<Instant> expectedStart, String reason) {

    static PlaceDto of(QueueForecast.Position position) {
      return new PlaceDto(position.number(), position.start(), position.reason());
    }
  }

  /** Where the run stands with one VM. */
  public record VmTaskDto(
      Optional<String> vm,
      String vmName,
      @Words(of = TaskState.class) String state,
      Optional<String> point,
      Optional<Instant> snapshotTime,
      Optional<String> snapshot,
      Optional<ProblemDto> problem,
      List<String> notes,
      List<DiskTaskDto> disks) {

    static VmTaskDto of(VmTask task) {
      return new VmTaskDto(
          task.vm().map(VmId::value),
          task.vmName(),
          lower(task.state()),
          task.point().map(RestorePointId::value),
          task.snapshotTime(),
          task.snapshot(),
          task.problem().map(ProblemDto::of),
          task.notes(),
          task.disks().stream().map(DiskTaskDto::of).toList());
    }
  }

  /**
   * Where the run stands with one disk.
   *
   * @param reason why it is read in full; empty otherwise
   * @param reasons the same for programs; empty where the sentence has no code
   */
  public record DiskTaskDto(
      String disk,
      String name,
      @Words(of = DiskTask.Mode.class) String mode,
      String reason,
      List<ReasonDto> reasons,
      long bytesVirtual,
      long bytesTotal,
      long bytesDone,
      long bytesRead,
      long bytesStored,
      double seconds,
      Optional<String> restoredTo) {

    static DiskTaskDto of(DiskTask task) {
      return new DiskTaskDto(
          task.disk().value(),
          task.name(),
          lower(task.mode()),
          task.reason(),
          ReasonDto.in(task.reason()),
          task.size().bytes(),
          task.total().bytes(),
          task.done().bytes(),
          task.moved().bytes(),
          task.stored().bytes(),
          task.elapsed().toMillis() / 1000.0,
          task.restoredTo().map(DiskId::value));
    }
  }

  public static RunDto of(Run run) {
    return of(run, Optional.empty(), false, Optional.empty());
  }

  /** With its place in the queue, where it waits. */
  public static RunDto queued(Run run, Optional<QueueForecast.Position> place, boolean cancelling) {
    return of(run, place, cancelling, Optional.empty());
  }

  /** With what the caller may have done with it, too. */
  public static RunDto whole(
      Run run, Optional<QueueForecast.Position> place, boolean cancelling, Set<RunAction> actions) {
    List<String> words = actions.stream().map(RunDto::lower).toList();
    return of(run, place, cancelling, Optional.of(words));
  }

  private static RunDto of(
      Run run,
      Optional<QueueForecast.Position> place,
      boolean cancelling,
      Optional<List<String>> actions) {
    Optional<BackupRequest> backup =
        run.request() instanceof BackupRequest request ? Optional.of(request) : Optional.empty();
    return new RunDto(
        run.id().value(),
        backup.isPresent() ? "backup" : "restore",
        run.site().value(),
        backup.flatMap(BackupRequest::policy).map(PolicyId::value),
        lower(run.state()),
        run.created(),
        run.started(),
        run.ended(),
        run.problem().map(ProblemDto::of),
        backup.flatMap(BackupRequest::repeat).map(repeat -> repeat.of().value()),
        place.map(PlaceDto::of),
        run.vms().stream().map(VmTaskDto::of).toList(),
        run.group().map(report -> GroupReportDto.of(report, run.vms())),
        backup.flatMap(BackupRequest::members).map(MembershipDto::of),
        run.request() instanceof GroupRestoreRequest group
            ? Optional.of(group.group())
            : Optional.empty(),
        cancelling,
        actions);
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
