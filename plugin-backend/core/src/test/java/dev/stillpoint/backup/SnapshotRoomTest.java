package dev.stillpoint.backup;

import static dev.stillpoint.testing.Workbench.mebibytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.hypervisor.testing.FakeCall;
import dev.stillpoint.job.Run;
import dev.stillpoint.job.RunState;
import dev.stillpoint.job.TaskState;
import dev.stillpoint.job.VmTask;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.VmId;
import dev.stillpoint.testing.Workbench;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The storage of the VMs has room for their snapshots, or they are not made. */
class SnapshotRoomTest {

  @TempDir Path directory;
  private Workbench bench;

  @BeforeEach
  void start() {
    bench = new Workbench(directory.resolve("repository"));
    bench.queue.start();
  }

  @AfterEach
  void stop() {
    bench.close();
  }

  @Test
  void takesNoSnapshotWhereAFifthOfTheDisksIsNotFree() {
    VmId vm = bench.site.addVm("a", mebibytes(10));
    bench.site.available(mebibytes(1));

    Run run = bench.backup(vm);

    assertThat(run.state()).isEqualTo(RunState.FAILED);
    assertThat(run.vms().get(0).problem())
        .hasValueSatisfying(
            problem -> {
              assertThat(problem.kind()).isEqualTo(ErrorKind.OUT_OF_SPACE);
              assertThat(problem.detail()).contains("Storage data1 has 1.0 MiB left", "20 %");
              assertThat(problem.remedy()).contains("backup.snapshot-room-percent");
            });
    assertThat(bench.site.faults().calls()).doesNotContain(FakeCall.TAKE_SNAPSHOT);
    bench.site.available(mebibytes(2));
    assertThat(bench.backup(vm).state()).isEqualTo(RunState.SUCCEEDED);
  }

  @Test
  void wantsFourGibibytesForEachDiskOnBlocksButNoMoreThanTheDiskIs() {
    VmId vm = bench.site.addVm("a", mebibytes(10));
    bench.site.surroundings().storeOnBlocks();
    bench.site.available(mebibytes(9));

    Run run = bench.backup(vm);

    assertThat(run.vms().get(0).problem())
        .hasValueSatisfying(
            problem -> assertThat(problem.detail()).contains("10.0 MiB", "at least 4 GiB of each"));
    bench.site.available(mebibytes(10));
    assertThat(bench.backup(vm).state()).isEqualTo(RunState.SUCCEEDED);
  }

  @Test
  void countsAllVmsOfARunOnTheSameStorage() {
    VmId one = bench.site.addVm("one", mebibytes(10));
    VmId other = bench.site.addVm("other", mebibytes(10));
    bench.site.available(mebibytes(3));

    Run run = bench.backup(one, other);

    assertThat(run.vms())
        .extracting(VmTask::state)
        .containsExactlyInAnyOrder(TaskState.SUCCEEDED, TaskState.FAILED);
    assertThat(bench.site.leftovers()).isEmpty();
  }

  @Test
  void givesAVmUpWhoseStorageFillsUpWhileItIsReadAndRemovesItsSnapshot() {
    VmId vm = bench.site.addVm("a", mebibytes(40));
    bench
        .site
        .faults()
        .beforeEach(
            FakeCall.READ,
            () -> {
              bench.site.available(mebibytes(1));
              bench.clock.advance(Duration.ofSeconds(15));
            });

    Run run = bench.backup(vm);

    assertThat(run.state()).isEqualTo(RunState.FAILED);
    assertThat(run.vms().get(0).problem())
        .hasValueSatisfying(
            problem -> {
              assertThat(problem.kind()).isEqualTo(ErrorKind.OUT_OF_SPACE);
              assertThat(problem.detail()).contains("given up");
            });
    assertThat(bench.site.faults().calls()).contains(FakeCall.REMOVE_SNAPSHOT);
    assertThat(bench.points()).isEmpty();
    assertThat(bench.site.leftovers()).isEmpty();
    assertThat(bench.journal.all()).isEmpty();
  }

  @Test
  void goesOnWhenTheManagerDoesNotTellTheSpaceWhileItIsRead() {
    VmId vm = bench.site.addVm("a", mebibytes(40));
    bench
        .site
        .faults()
        .beforeEach(
            FakeCall.READ,
            () -> {
              bench
                  .site
                  .faults()
                  .failAlways(
                      FakeCall.LIST,
                      new StillpointException(ErrorKind.HYPERVISOR_UNAVAILABLE, "away", "wait"));
              bench.clock.advance(Duration.ofSeconds(15));
            });

    assertThat(bench.backup(vm).state()).isEqualTo(RunState.SUCCEEDED);
  }
}
