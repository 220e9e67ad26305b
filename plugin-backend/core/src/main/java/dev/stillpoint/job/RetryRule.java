package dev.stillpoint.job;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.Place;
import dev.stillpoint.model.StillpointException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Decides what of a run that has ended is done again. Pure.
 *
 * @param attempts how often a start is tried again without anybody asking; 0: never
 * @param pause before the first of them; three times as long before each that follows
 */
public record RetryRule(int attempts, Duration pause) {

  private static final int BACK_OFF = 3;

  public RetryRule {
    requireNonNull(pause, "pause");
    if (attempts < 0 || pause.isNegative()) {
      throw new IllegalArgumentException("Not a way to retry: " + attempts + " after " + pause);
    }
  }

  /**
   * What is tried again without anybody asking: of a policy's run the VMs that the platform
   * refused, or did not answer about. What somebody asked for by hand he asks for again himself.
   */
  public Optional<BackupRequest> after(Run ended, Instant now) {
    return again(ended, now, RetryRule::isRefused);
  }

  /**
   * The same for a run that a stop of the server interrupts: also what it has not come to.
   *
   * @param run as it was when the server stopped
   */
  public Optional<BackupRequest> afterInterruption(Run run, Instant now) {
    return again(
        run,
        now,
        (r, task) ->
            isRefused(r, task) || task.state() == TaskState.CANCELLED || !task.state().isFinal());
  }

  private interface Choice {
    boolean of(Run run, VmTask task);
  }

  private Optional<BackupRequest> again(Run ended, Instant now, Choice choice) {
    if (!(ended.request() instanceof BackupRequest request) || request.policy().isEmpty()) {
      return Optional.empty();
    }
    int attempt = 1 + request.repeat().map(BackupRequest.Repeat::attempt).orElse(0);
    List<BackupRequest.NamedVm> vms = vms(ended, request, choice);
    if (attempt > attempts || vms.isEmpty()) {
      return Optional.empty();
    }
    Duration length = pause.multipliedBy((long) Math.pow(BACK_OFF, attempt - 1));
    return Optional.of(
        request.repeated(vms, new BackupRequest.Repeat(ended.id(), attempt, now.plus(length))));
  }

  /**
   * What is done again because somebody asks: the VMs that failed, or were not come to.
   *
   * @throws StillpointException CONFLICT when there is nothing to do again
   */
  public static BackupRequest byHand(Run run, Instant now) {
    if (!run.state().isFinal()) {
      throw new StillpointException(
          ErrorKind.CONFLICT,
          "Run " + run.id() + " has not ended",
          "Wait for its end, or cancel it first.");
    }
    if (!(run.request() instanceof BackupRequest request)) {
      throw new StillpointException(
          ErrorKind.CONFLICT,
          "Run " + run.id() + " is a restore",
          "Start the restore itself again.",
          Place.RESTORE);
    }
    List<BackupRequest.NamedVm> vms = vms(run, request, (r, task) -> isUndone(task));
    if (vms.isEmpty()) {
      throw new StillpointException(
          ErrorKind.CONFLICT,
          "No VM of run " + run.id() + " failed",
          "Run the policy, or back the VMs up by name.");
    }
    return request.repeated(vms, new BackupRequest.Repeat(run.id(), 0, now));
  }

  /** Whether {@link #byHand} finds anything to do again. */
  static boolean isRepeatable(Run run) {
    return run.request() instanceof BackupRequest
        && run.vms().stream().anyMatch(RetryRule::isUndone);
  }

  private static List<BackupRequest.NamedVm> vms(Run run, BackupRequest request, Choice choice) {
    return IntStream.range(0, run.vms().size())
        .filter(index -> choice.of(run, run.vms().get(index)))
        .mapToObj(request.vms()::get)
        .toList();
  }

  private static boolean isRefused(Run run, VmTask task) {
    return task.state() == TaskState.FAILED
        && task.problem().or(run::problem).filter(p -> p.kind().retryable()).isPresent();
  }

  private static boolean isUndone(VmTask task) {
    return task.state() == TaskState.FAILED
        || task.state() == TaskState.CANCELLED
        || !task.state().isFinal();
  }
}
