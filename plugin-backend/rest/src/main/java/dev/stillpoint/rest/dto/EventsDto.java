package dev.stillpoint.rest.dto;

import dev.stillpoint.event.Change;
import dev.stillpoint.job.DiskTask;
import dev.stillpoint.job.Run;
import dev.stillpoint.job.RunState;
import dev.stillpoint.job.TaskState;
import dev.stillpoint.job.VmTask;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.VmId;
import dev.stillpoint.rest.openapi.Words;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * What stands in the data of an event, by the event's name; one of them in each event.
 *
 * @param run a run, at most once a second
 * @param queue what runs, then what waits, in its order
 * @param points VMs got or lost restore points
 * @param repository its figures
 */
public record EventsDto(
    Optional<RunEventDto> run,
    Optional<QueueEventDto> queue,
    Optional<PointsEventDto> points,
    Optional<RepositoryDto> repository) {

  /**
   * A run and its progress.
   *
   * @param vmCount all its VMs
   * @param vmsEnded those that are through, well or not
   * @param bytesTotal VMs whose amount is not known yet count like the average of the others
   * @param bytesPerSecond over the last seconds
   * @param vms those that are being worked on just now
   */
  public record RunEventDto(
      String id,
      @Words({"backup", "restore"}) String kind,
      String site,
      Optional<String> policy,
      @Words(of = RunState.class) String state,
      Instant created,
      Optional<Instant> started,
      Optional<Instant> ended,
      Optional<ProblemDto> problem,
      int vmCount,
      int vmsEnded,
      long bytesDone,
      long bytesTotal,
      double bytesPerSecond,
      List<VmEventDto> vms) {

    public static RunEventDto of(Change.OfRun change) {
      Run run = change.run();
      RunDto whole = RunDto.of(run);
      List<Long> totals =
          run.vms().stream()
              .filter(vm -> vm.state().isFinal() || total(vm) > 0)
              .map(vm -> vm.state().isFinal() ? done(vm) : total(vm))
              .toList();
      long known = totals.stream().mapToLong(Long::longValue).sum();
      int unknown = run.vms().size() - totals.size();
      return new RunEventDto(
          whole.id(),
          whole.kind(),
          whole.site(),
          whole.policy(),
          whole.state(),
          whole.created(),
          whole.started(),
          whole.ended(),
          whole.problem(),
          run.vms().size(),
          (int) run.vms().stream().filter(vm -> vm.state().isFinal()).count(),
          run.vms().stream().mapToLong(RunEventDto::done).sum(),
          totals.isEmpty() ? 0 : known + known / totals.size() * unknown,
          change.bytesPerSecond().stream().mapToDouble(Double::doubleValue).sum(),
          IntStream.range(0, run.vms().size())
              .filter(i -> isAtWork(run.vms().get(i)))
              .mapToObj(i -> vm(run.vms().get(i), change.bytesPerSecond().get(i)))
              .toList());
    }

    private static boolean isAtWork(VmTask vm) {
      return !vm.state().isFinal() && vm.state() != TaskState.WAITING;
    }

    private static VmEventDto vm(VmTask vm, double bytesPerSecond) {
      return new VmEventDto(
          vm.vm().map(VmId::value),
          vm.vmName(),
          vm.state().name().toLowerCase(Locale.ROOT),
          done(vm),
          total(vm),
          bytesPerSecond);
    }

    private static long done(VmTask vm) {
      return sum(vm, DiskTask::done);
    }

    private static long total(VmTask vm) {
      return sum(vm, DiskTask::total);
    }

    private static long sum(VmTask vm, Function<DiskTask, ByteCount> what) {
      return vm.disks().stream().map(what).mapToLong(ByteCount::bytes).sum();
    }
  }

  /** A VM that a run works on. */
  public record VmEventDto(
      Optional<String> vm,
      String vmName,
      @Words(of = TaskState.class) String state,
      long bytesDone,
      long bytesTotal,
      double bytesPerSecond) {}

  /** The queue. */
  public record QueueEventDto(List<QueuedDto> items) {}

  /** A run in it. */
  public record QueuedDto(String run, @Words(of = RunState.class) String state) {

    public static QueuedDto of(Run run) {
      return new QueuedDto(run.id().value(), run.state().name().toLowerCase(Locale.ROOT));
    }
  }

  /**
   * Points came or went; ask the lists for them.
   *
   * @param vms whose they are; empty: too many to name
   */
  public record PointsEventDto(String site, List<String> vms) {}
}
