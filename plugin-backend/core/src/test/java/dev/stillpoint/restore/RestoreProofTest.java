package dev.stillpoint.restore;

import static dev.stillpoint.testing.Workbench.mebibytes;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.catalog.RestorePoint;
import dev.stillpoint.hypervisor.PowerState;
import dev.stillpoint.hypervisor.testing.FakeCall;
import dev.stillpoint.job.Problem;
import dev.stillpoint.job.RestoreRequest;
import dev.stillpoint.job.Run;
import dev.stillpoint.job.RunState;
import dev.stillpoint.model.DiskId;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.VmId;
import dev.stillpoint.testing.Wish;
import dev.stillpoint.testing.Workbench;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Restored disks are proven before they replace anything, on hosts that come and go. */
class RestoreProofTest {

  @TempDir Path directory;
  private Workbench bench;
  private VmId vm;
  private List<String> then;
  private RestorePoint point;

  @BeforeEach
  void backUpAndChange() {
    bench = new Workbench(directory.resolve("repository"));
    bench.queue.start();
    vm = bench.site.addVm("vm", mebibytes(3), mebibytes(1));
    then = contents();
    bench.backup(vm);
    point = bench.points().get(0);
    for (DiskId disk : bench.site.disks(vm)) {
      bench.site.write(disk, 70_000, "ruined".getBytes(UTF_8));
    }
    bench.site.power(vm, PowerState.DOWN);
  }

  @AfterEach
  void stop() {
    bench.close();
  }

  @Test
  void comparesSumsInsteadOfReadingBackWhereTheStorageComputesThem() {
    bench.site.sumContent();
    bench.site.faults().failAlways(FakeCall.READ_BACK, refused());
    assertThat(bench.run(inPlace()).state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(bench.site.faults().calls().indexOf(FakeCall.SUM))
        .as("before the transfer is completed")
        .isPositive()
        .isLessThan(bench.site.faults().calls().indexOf(FakeCall.FINISH_WRITER));
    assertThat(contents()).isEqualTo(then);
    assertNothingLeft();
  }

  @Test
  void aDiskWhoseSumDiffersReplacesNothing() {
    List<String> ruined = contents();
    List<DiskId> disks = bench.site.disks(vm);
    bench.site.sumContent();
    bench.site.faults().beforeEach(FakeCall.SUM, () -> bench.site.interruptUploads(0, 8192));
    Run run = bench.run(inPlace());
    assertThat(run.state()).isEqualTo(RunState.FAILED);
    Problem problem = run.vms().get(0).problem().orElseThrow();
    assertThat(problem.kind()).isEqualTo(ErrorKind.CORRUPT_DATA);
    assertThat(problem.detail()).contains("holds something else");
    assertThat(bench.site.faults().calls())
        .as("written again, once")
        .filteredOn(call -> call == FakeCall.SUM)
        .hasSize(2);
    assertThat(bench.site.disks(vm)).isEqualTo(disks);
    assertThat(contents()).isEqualTo(ruined);
    assertNothingLeft();
  }

  @Test
  void whatAHostLostWhenItRestartedIsWrittenAgain() {
    AtomicBoolean restarted = new AtomicBoolean();
    bench
        .site
        .faults()
        .beforeEach(
            FakeCall.FLUSH,
            () -> {
              if (restarted.compareAndSet(false, true)) {
                bench.site.interruptUploads(0, 65_536);
              }
            });
    Run run = bench.run(inPlace());
    assertThat(run.state()).as("%s", run).isEqualTo(RunState.SUCCEEDED);
    assertThat(contents()).isEqualTo(then);
    assertNothingLeft();
  }

  @Test
  void aDiskWhoseTransferIsLostWithItsHostIsBegunAnewOnce() {
    AtomicBoolean lost = new AtomicBoolean();
    bench
        .site
        .faults()
        .beforeEach(
            FakeCall.WRITE,
            () -> {
              if (lost.compareAndSet(false, true)) {
                bench.site.interruptUploads(0, 0);
                bench.site.faults().failNext(FakeCall.WRITE, refused());
              }
            });
    Run run = bench.run(inPlace());
    assertThat(run.state()).as("%s", run).isEqualTo(RunState.SUCCEEDED);
    assertThat(run.vms().get(0).notes()).anyMatch(note -> note.contains("is begun anew: no"));
    assertThat(contents()).isEqualTo(then);
    assertNothingLeft();
  }

  @Test
  void waitsForTheBackupOfItsVmToEnd() {
    bench
        .site
        .faults()
        .beforeEach(
            FakeCall.READ,
            () -> assertThat(bench.site.faults().calls()).doesNotContain(FakeCall.CREATE_DISK));
    Run backup = bench.queue.submit(Workbench.SITE, bench.backupOf(vm));
    Run restore = bench.run(inPlace());
    assertThat(bench.queue.find(backup.id()).orElseThrow().state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(restore.state()).isEqualTo(RunState.SUCCEEDED);
    List<FakeCall> calls = bench.site.faults().calls();
    assertThat(calls.lastIndexOf(FakeCall.REMOVE_SNAPSHOT))
        .isLessThan(calls.indexOf(FakeCall.CREATE_DISK));
    bench.site.faults().clear();
    Run next = bench.queue.submit(Workbench.SITE, inPlace());
    bench.backup(vm);
    assertThat(bench.queue.find(next.id()).orElseThrow().state()).isEqualTo(RunState.SUCCEEDED);
    calls = bench.site.faults().calls();
    assertThat(calls.lastIndexOf(FakeCall.TAKE_SNAPSHOT))
        .as("and a backup waits for the restore")
        .isGreaterThan(calls.lastIndexOf(FakeCall.SWAP_DISK));
    assertNothingLeft();
  }

  private static StillpointException refused() {
    return new StillpointException(ErrorKind.HYPERVISOR_REFUSED, "no", "");
  }

  private RestoreRequest inPlace() {
    return Wish.inPlace(point).request();
  }

  private List<String> contents() {
    return bench.sums(vm);
  }

  private void assertNothingLeft() {
    assertThat(bench.site.leftovers()).isEmpty();
    assertThat(bench.journal.all()).isEmpty();
  }
}
