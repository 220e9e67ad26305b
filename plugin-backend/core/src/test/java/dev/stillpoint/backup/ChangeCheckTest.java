package dev.stillpoint.backup;

import static dev.stillpoint.testing.Workbench.mebibytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.group.GroupRules;
import dev.stillpoint.job.DiskTask;
import dev.stillpoint.job.Problem;
import dev.stillpoint.job.Run;
import dev.stillpoint.job.RunState;
import dev.stillpoint.model.DiskId;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.VmId;
import dev.stillpoint.testing.Workbench;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A manager that lies about changed blocks is found out by sampling, and the disk read in full. */
class ChangeCheckTest {

  @TempDir Path directory;
  private Workbench bench;
  private VmId vm;
  private DiskId disk;

  @BeforeEach
  void start() {
    start(new Sampling(100, mebibytes(64)));
  }

  private void start(Sampling sampling) {
    bench =
        new Workbench(
            directory.resolve("repository-" + sampling.percent()),
            new BackupRunner.Limits(GroupRules.standard(1), 20, sampling));
    bench.queue.start();
    vm = bench.site.addVm("a", mebibytes(4));
    disk = bench.site.disks(vm).get(0);
    bench.backup(vm);
  }

  @AfterEach
  void stop() {
    bench.close();
  }

  private void writeUnseen(int offset) {
    byte there = bench.site.content(disk)[offset];
    bench.site.write(disk, offset, new byte[] {(byte) ~there, 2, 3, 4, 5});
    bench.site.forgetChanges(disk);
  }

  private DiskTask disk(Run run) {
    return run.vms().get(0).disks().get(0);
  }

  @Test
  void aMissedChangeIsWarnedOfWithItsPlaceAndTheDiskIsReadInFullInTheSameRun() {
    writeUnseen(1_000_000);

    Run run = bench.backup(vm);

    assertThat(disk(run).mode()).isEqualTo(DiskTask.Mode.FULL);
    assertThat(disk(run).reason()).isEqualTo("change tracking missed a change at offset 1000000");
    assertThat(run.state()).isEqualTo(RunState.WARNING);
    Problem problem = run.vms().get(0).problem().orElseThrow();
    assertThat(problem.kind()).isEqualTo(ErrorKind.CORRUPT_DATA);
    assertThat(problem.detail()).contains("a_Disk1", "offset 1000000", "read in full");
    assertThat(bench.content(bench.points().get(0), disk)).isEqualTo(bench.site.content(disk));
    assertThat(bench.points().get(0).disks().get(0).readMode().reason())
        .isEqualTo(disk(run).reason());
  }

  @Test
  void theNextBackupIsIncrementalAgain() {
    writeUnseen(3_999_999);
    bench.backup(vm);
    Run next = bench.backup(vm);
    assertThat(disk(next).mode()).isEqualTo(DiskTask.Mode.INCREMENTAL);
    assertThat(next.state()).isEqualTo(RunState.SUCCEEDED);
  }

  @Test
  void changesThatAreToldOfAreNoLies() {
    bench.site.write(disk, 1_000_000, new byte[] {1, 2, 3, 4, 5});
    Run run = bench.backup(vm);
    assertThat(disk(run).mode()).isEqualTo(DiskTask.Mode.INCREMENTAL);
    assertThat(disk(run).moved().bytes()).as("the sample is not counted").isEqualTo(65_536);
  }

  @Test
  void withoutSamplingALieIsBelieved() {
    bench.close();
    start(new Sampling(0, mebibytes(64)));
    writeUnseen(1_000_000);
    Run run = bench.backup(vm);
    assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(disk(run).mode()).isEqualTo(DiskTask.Mode.INCREMENTAL);
  }

  @Test
  void aSmallSampleFindsALossThatIsWidespreadWithinAFewRuns() {
    bench.close();
    start(new Sampling(1, mebibytes(64)));
    Run run = bench.backup(vm);
    for (int tries = 0; tries < 100 && disk(run).mode() == DiskTask.Mode.INCREMENTAL; tries++) {
      for (int offset = 0; offset < 4 << 20; offset += 200_000) {
        writeUnseen(offset);
      }
      run = bench.backup(vm);
    }
    assertThat(disk(run).mode()).isEqualTo(DiskTask.Mode.FULL);
    assertThat(bench.content(bench.points().get(0), disk)).isEqualTo(bench.site.content(disk));
  }
}
