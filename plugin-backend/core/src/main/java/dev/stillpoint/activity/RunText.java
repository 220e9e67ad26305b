package dev.stillpoint.activity;

import dev.stillpoint.hypervisor.ActivityLog.Event;
import dev.stillpoint.hypervisor.ActivityLog.Severity;
import dev.stillpoint.job.DiskTask;
import dev.stillpoint.job.Problem;
import dev.stillpoint.job.Restores;
import dev.stillpoint.job.Run;
import dev.stillpoint.job.TaskState;
import dev.stillpoint.job.VmTask;
import dev.stillpoint.model.ByteCount;
import java.util.Locale;
import java.util.function.Function;

/** A run in the words that people read in the manager. */
final class RunText {

  /** Longer texts are cut by managers anyway. */
  private static final int LONGEST = 900;

  private static final int NAMES = 5;

  private final Run run;
  private final String policy;

  /**
   * @param policy its name, empty for a run that somebody asked for by hand
   */
  RunText(Run run, String policy) {
    this.run = run;
    this.policy = policy;
  }

  /** What a task is called in the manager's list. */
  String task() {
    String names = String.join(", ", run.vms().stream().limit(NAMES).map(VmTask::vmName).toList());
    int more = run.vms().size() - NAMES;
    return cut(
            "Stillpoint: " + deed() + " of " + names + (more > 0 ? " and " + more + " more" : ""))
        + origin();
  }

  String step(VmTask vm, DiskTask disk) {
    return cut(
        vm.vmName()
            + ": disk "
            + disk.name()
            + ", "
            + disk.mode().name().toLowerCase(Locale.ROOT)
            + (disk.reason().isEmpty() ? "" : " (" + disk.reason() + ")")
            + ", "
            + disk.size());
  }

  /** What became of one VM. */
  Event event(VmTask vm) {
    String outcome =
        switch (vm.state()) {
          case SUCCEEDED -> " succeeded" + amounts(vm);
          case WARNING -> " succeeded with a warning" + amounts(vm) + why(vm);
          case SKIPPED -> " was skipped: the VM no longer exists";
          case CANCELLED -> " was cancelled";
          default -> " failed" + why(vm);
        };
    String text = "Stillpoint: " + deed() + " of VM " + vm.vmName() + outcome;
    return new Event(severity(vm.state()), cut(text) + origin(), vm.vm());
  }

  private static Severity severity(TaskState state) {
    return switch (state) {
      case SUCCEEDED -> Severity.NORMAL;
      case WARNING, SKIPPED, CANCELLED -> Severity.WARNING;
      default -> Severity.ERROR;
    };
  }

  private String amounts(VmTask vm) {
    if (vm.disks().isEmpty()) {
      return "";
    }
    ByteCount moved = sum(vm, DiskTask::moved);
    return isRestore()
        ? ", " + moved + " written"
        : ", " + moved + " read, " + sum(vm, DiskTask::stored) + " stored";
  }

  private static ByteCount sum(VmTask vm, Function<DiskTask, ByteCount> amount) {
    return vm.disks().stream().map(amount).reduce(ByteCount.ZERO, ByteCount::plus);
  }

  private String why(VmTask vm) {
    return vm.problem()
        .or(run::problem)
        .map(Problem::detail)
        .map(detail -> ": " + detail)
        .orElse("");
  }

  private String deed() {
    return isRestore() ? "restore" : "backup";
  }

  private boolean isRestore() {
    return run.request() instanceof Restores;
  }

  private String origin() {
    return " (" + (policy.isEmpty() ? "" : "policy " + policy + ", ") + "run " + run.id() + ")";
  }

  private static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }
}
