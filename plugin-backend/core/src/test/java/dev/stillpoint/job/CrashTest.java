package dev.stillpoint.job;

import static dev.stillpoint.testing.Workbench.mebibytes;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.catalog.RestorePoint;
import dev.stillpoint.hypervisor.PowerState;
import dev.stillpoint.hypervisor.testing.FakeFaults.Moment;
import dev.stillpoint.model.Cancellation;
import dev.stillpoint.model.DiskId;
import dev.stillpoint.model.RunId;
import dev.stillpoint.model.VmId;
import dev.stillpoint.testing.Wish;
import dev.stillpoint.testing.Workbench;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Laws 1 and 4: the process dies at every call to the manager in turn; after the restart nothing of
 * ours is on the manager, and every restore point that was visible is whole.
 */
class CrashTest {

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(Moment.class)
  void aBackupThatDiesAnywhereLeavesNothingBehindAndLosesNoPoint(Moment moment) {
    for (int call = 1; call <= 1000; call++) {
      Workbench bench = new Workbench(directory.resolve("backup-" + moment + call));
      bench.queue.start();
      VmId vm = bench.site.addVm("vm", mebibytes(1), mebibytes(1));
      bench.backup(vm);
      DiskId disk = bench.site.disks(vm).get(0);
      byte[] first = bench.site.content(disk);
      bench.site.write(disk, 5, "more".getBytes(UTF_8));
      byte[] second = bench.site.content(disk);
      boolean died = dies(bench, bench.backupOf(vm), call, moment);
      try (Workbench restarted = bench.restart()) {
        recover(restarted);
        List<RestorePoint> points = restarted.points();
        RestorePoint oldest = points.get(points.size() - 1);
        assertThat(restarted.content(oldest, disk)).as("call %d", call).isEqualTo(first);
        if (points.size() == 2) {
          assertThat(restarted.content(points.get(0), disk)).as("call %d", call).isEqualTo(second);
        }
        points.forEach(
            point ->
                assertThat(restarted.repository.verify(point.id(), new Cancellation()).problems())
                    .isEmpty());
        assertThat(restarted.site.checkpoints(vm))
            .as("call %d: no checkpoint but the newest point's", call)
            .isSubsetOf(points.get(0).checkpoint().stream().toList());
        Run next = restarted.backup(vm);
        assertThat(next.state())
            .as("call %d: the next backup works", call)
            .isEqualTo(RunState.SUCCEEDED);
        assertThat(restarted.content(restarted.points().get(0), disk)).isEqualTo(second);
      }
      if (!died) {
        assertThat(call).as("calls tried").isGreaterThan(10);
        return;
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Moment.class)
  void aRestoreInPlaceThatDiesAnywhereLeavesTheVmOldOrNewNeverBetween(Moment moment) {
    for (int call = 1; call <= 1000; call++) {
      Workbench bench = new Workbench(directory.resolve("in-place-" + moment + call));
      bench.queue.start();
      VmId vm = bench.site.addVm("vm", mebibytes(1), mebibytes(1));
      bench.backup(vm);
      List<String> backedUp = bench.sums(vm);
      bench.site.disks(vm).forEach(d -> bench.site.write(d, 5, "ruined".getBytes(UTF_8)));
      List<String> ruined = bench.sums(vm);
      bench.site.power(vm, PowerState.DOWN);
      RestoreRequest request = Wish.inPlace(bench.points().get(0)).request();
      boolean died = dies(bench, request, call, moment);
      try (Workbench restarted = bench.restart()) {
        recover(restarted);
        List<String> now = restarted.sums(vm);
        assertThat(now).as("call %d", call).hasSize(2);
        boolean old = now.equals(ruined);
        assertThat(old || now.equals(backedUp)).as("call %d", call).isTrue();
        assertThat(restarted.run(request).state())
            .as("call %d: it can be repeated", call)
            .isEqualTo(RunState.SUCCEEDED);
        assertThat(restarted.sums(vm).equals(backedUp)).isTrue();
      }
      if (!died) {
        assertThat(call).as("calls tried").isGreaterThan(10);
        return;
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Moment.class)
  void aRestoreAsNewVmThatDiesAnywhereLeavesAWholeVmOrNone(Moment moment) {
    for (int call = 1; call <= 1000; call++) {
      Workbench bench = new Workbench(directory.resolve("new-" + moment + call));
      bench.queue.start();
      VmId vm = bench.site.addVm("vm", mebibytes(1), mebibytes(1));
      bench.backup(vm);
      List<String> backedUp = bench.sums(vm);
      RestoreRequest request = Wish.asNew(bench.points().get(0).id(), "copy").request();
      boolean died = dies(bench, request, call, moment);
      try (Workbench restarted = bench.restart()) {
        recover(restarted);
        Optional<VmId> copy = restarted.site.vm("copy");
        copy.ifPresent(id -> assertThat(restarted.sums(id).equals(backedUp)).isTrue());
        if (died && copy.isEmpty()) {
          assertThat(restarted.run(request).state()).isNotEqualTo(RunState.FAILED);
        }
      }
      if (!died) {
        assertThat(call).as("calls tried").isGreaterThan(10);
        return;
      }
    }
  }

  @Test
  void aRunThatWasInTheMiddleIsEndedAndOneThatWaitedIsCarriedOut() {
    try (Workbench bench = new Workbench(directory.resolve("r"))) {
      VmId vm = bench.site.addVm("vm", mebibytes(1));
      Run interrupted =
          Run.queued(
                  new RunId("was-running"),
                  Workbench.SITE,
                  bench.backupOf(vm),
                  bench.clock.instant())
              .start(bench.clock.instant());
      Run waiting =
          Run.queued(
              new RunId("was-waiting"), Workbench.SITE, bench.backupOf(vm), bench.clock.instant());
      bench.runs.insert(interrupted);
      bench.runs.insert(waiting);
      bench.queue.start();
      assertThat(bench.await(waiting.id()).state()).isEqualTo(RunState.SUCCEEDED);
      Run ended = bench.await(interrupted.id());
      assertThat(ended.state()).isEqualTo(RunState.FAILED);
      assertThat(ended.problem().orElseThrow().detail()).contains("stopped in the middle");
      assertThat(ended.vms()).allMatch(task -> task.state() == TaskState.FAILED);
    }
  }

  /** Whether the process died at that call, rather than reaching the end. */
  private static boolean dies(Workbench bench, RunRequest request, int call, Moment moment) {
    int before = bench.site.faults().crashCount();
    bench.site.faults().dieAtCall(call, moment);
    bench.run(request);
    boolean died = bench.site.faults().crashCount() > before;
    bench.site.faults().clear();
    return died;
  }

  private static void recover(Workbench restarted) {
    restarted.queue.start();
    Workbench.await(() -> restarted.journal.all().isEmpty());
    assertThat(restarted.site.leftovers()).isEmpty();
  }
}
