package dev.stillpoint.restore;

import static dev.stillpoint.testing.Workbench.mebibytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.catalog.RestorePoint;
import dev.stillpoint.hypervisor.testing.FakeCall;
import dev.stillpoint.job.GroupRestoreRequest;
import dev.stillpoint.job.RestoreRequest;
import dev.stillpoint.job.Run;
import dev.stillpoint.job.RunState;
import dev.stillpoint.job.TaskState;
import dev.stillpoint.job.VmTask;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.VmId;
import dev.stillpoint.testing.Wish;
import dev.stillpoint.testing.Workbench;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several VMs given back by one run. */
class GroupRestoreRunTest {

  private final StillpointException refused =
      new StillpointException(ErrorKind.HYPERVISOR_REFUSED, "No", "Ask again.");

  @TempDir Path directory;
  private Workbench bench;
  private VmId one;
  private VmId two;

  @BeforeEach
  void backUp() {
    bench = new Workbench(directory.resolve("repository"));
    bench.queue.start();
    one = bench.site.addVm("one", mebibytes(1));
    two = bench.site.addVm("two", mebibytes(2));
    bench.backup(one, two);
  }

  @AfterEach
  void stop() {
    bench.close();
  }

  private RestoreRequest asNew(VmId vm, String name) {
    RestorePoint point =
        bench.points().stream().filter(p -> p.settings().id().equals(vm)).findFirst().orElseThrow();
    return Wish.asNew(point.id(), name).request();
  }

  private GroupRestoreRequest both(boolean stopsAtFailure) {
    return new GroupRestoreRequest(
        "pair", List.of(asNew(two, "new two"), asNew(one, "new one")), stopsAtFailure);
  }

  @Test
  void givesAllBackInTheOrderAskedFor() {
    Run run = bench.run(both(false));

    assertThat(run.state()).as("%s", run).isNotEqualTo(RunState.FAILED);
    assertThat(run.vms()).extracting(VmTask::vmName).containsExactly("new two", "new one");
    for (String name : List.of("one", "two")) {
      assertThat(bench.sums(bench.site.vm("new " + name).orElseThrow()))
          .isEqualTo(bench.sums(name.equals("one") ? one : two));
    }
    assertThat(bench.journal.all()).allMatch(e -> e.effect().kind().name().equals("CHECKPOINT"));
  }

  @Test
  void oneThatFailsLeavesNothingBehindAndTheOthersGoOn() {
    bench.site.faults().failNext(FakeCall.CREATE_VM, refused);

    Run run = bench.run(both(false));

    assertThat(run.state()).isEqualTo(RunState.FAILED);
    assertThat(run.vms().get(0).state()).isEqualTo(TaskState.FAILED);
    assertThat(run.vms().get(1).state()).isIn(TaskState.SUCCEEDED, TaskState.WARNING);
    assertThat(bench.site.vm("new two")).isEmpty();
    assertThat(bench.site.vm("new one")).isPresent();
  }

  @Test
  void afterOneThatFailsNoneIsBegunWhereThatWasAsked() {
    bench.site.faults().failNext(FakeCall.CREATE_VM, refused);

    Run run = bench.run(both(true));

    assertThat(run.vms().get(1).state()).isEqualTo(TaskState.CANCELLED);
    assertThat(run.vms().get(1).problem().orElseThrow().detail())
        .isEqualTo("Not begun: VM new two before it could not be restored");
    assertThat(bench.site.vm("new one")).isEmpty();
  }

  /** The first one keeps our mark; the clean-up after the second must not take it for its own. */
  @Test
  void whatBelongsToTheFirstVmIsNotSweptWhenTheSecondFails() {
    bench.site.faults().failNext(FakeCall.COMPLETE_VM, refused);
    int[] attached = {0};
    bench
        .site
        .faults()
        .beforeEach(
            FakeCall.ATTACH_DISK,
            () -> {
              if (++attached[0] == 2) {
                throw refused;
              }
            });

    Run run = bench.run(both(false));

    assertThat(run.vms().get(0).state()).as("%s", run).isEqualTo(TaskState.WARNING);
    assertThat(run.vms().get(1).state()).isEqualTo(TaskState.FAILED);
    assertThat(bench.site.vm("new two")).isPresent();
    assertThat(bench.site.vm("new one")).isEmpty();
  }

  @Test
  void thePlanCountsTheRoomThatAllNeedTogetherAndNamesThatWouldBeTheSame() {
    assertThat(bench.restores.plan(both(false)).refusals()).isEmpty();
    ByteCount each =
        bench.restores.plan(asNew(two, "x")).disks().stream()
            .map(disk -> disk.takes())
            .reduce(ByteCount.ZERO, ByteCount::plus);
    bench.site.available(each);

    GroupRestorePlan plan =
        bench.restores.plan(
            new GroupRestoreRequest(
                "pair", List.of(asNew(two, "same"), asNew(one, "same")), false));

    assertThat(plan.plans()).allMatch(alone -> alone.refusals().isEmpty());
    assertThat(plan.refusals())
        .extracting(problem -> problem.kind())
        .containsExactly(ErrorKind.CONFLICT, ErrorKind.OUT_OF_SPACE);
  }
}
