package dev.stillpoint.backup;

import static dev.stillpoint.testing.Workbench.mebibytes;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.catalog.RestorePoint;
import dev.stillpoint.hypervisor.Consistency;
import dev.stillpoint.hypervisor.Freezing;
import dev.stillpoint.hypervisor.PowerState;
import dev.stillpoint.hypervisor.testing.FakeCall;
import dev.stillpoint.job.BackupRequest;
import dev.stillpoint.job.DiskTask;
import dev.stillpoint.job.Problem;
import dev.stillpoint.job.Run;
import dev.stillpoint.job.RunState;
import dev.stillpoint.job.TaskState;
import dev.stillpoint.job.VmTask;
import dev.stillpoint.model.Cancellation;
import dev.stillpoint.model.CheckpointId;
import dev.stillpoint.model.DiskId;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.VmId;
import dev.stillpoint.testing.Workbench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupRunTest {

  private final StillpointException refused =
      new StillpointException(ErrorKind.HYPERVISOR_REFUSED, "the manager said no", "ask again");

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
  void keepsTheSettingsAsTheyAreAtTheSnapshot() {
    VmId vm = bench.site.addVm("vm", mebibytes(1));
    bench
        .site
        .faults()
        .beforeEach(
            FakeCall.TAKE_SNAPSHOT,
            () -> bench.site.surroundings().takeMac(vm, "56:6f:00:00:99:99"));

    bench.backup(vm);

    assertThat(bench.points().get(0).settings().nics().get(0).mac()).isEqualTo("56:6f:00:00:99:99");
  }

  @Test
  void aGroupIsSnapshottedBeforeAnyMemberIsRead() {
    VmId a = bench.site.addVm("a", mebibytes(1));
    VmId b = bench.site.addVm("b", mebibytes(1), mebibytes(2));
    Run run = bench.backup(a, b);
    assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
    List<FakeCall> calls = bench.site.faults().calls();
    assertThat(calls.lastIndexOf(FakeCall.TAKE_SNAPSHOT))
        .isLessThan(calls.indexOf(FakeCall.OPEN_READER));
    assertThat(bench.points()).hasSize(2);
    assertNothingLeft();
  }

  @Test
  void thePointShowsTheInstantOfTheSnapshotThoughTheGuestWritesOn() {
    VmId vm = bench.site.addVm("a", mebibytes(2));
    DiskId disk = bench.site.disks(vm).get(0);
    byte[] then = bench.site.content(disk);
    bench
        .site
        .faults()
        .beforeEach(FakeCall.READ, () -> bench.site.write(disk, 4096, new byte[] {1, 2, 3}));
    bench.backup(vm);
    assertThat(bench.content(bench.points().get(0), disk)).isEqualTo(then);
  }

  @Test
  void theSecondBackupReadsOnlyWhatChangedAndIsLogicallyFull() {
    VmId vm = bench.site.addVm("a", mebibytes(4));
    DiskId disk = bench.site.disks(vm).get(0);
    Run first = bench.backup(vm);
    assertThat(disk(first)).extracting(DiskTask::mode).isEqualTo(DiskTask.Mode.FULL);
    assertThat(disk(first).reason()).isEqualTo("first backup of this VM");
    bench.site.write(disk, 100_000, "changed".getBytes(UTF_8));
    Run second = bench.backup(vm);
    assertThat(disk(second).mode()).isEqualTo(DiskTask.Mode.INCREMENTAL);
    assertThat(disk(second).moved().bytes()).isEqualTo(65_536);
    assertThat(bench.content(bench.points().get(0), disk)).isEqualTo(bench.site.content(disk));
    assertThat(bench.site.checkpoints(vm)).as("the older checkpoint is gone").hasSize(1);
    assertNothingLeft();
  }

  @Test
  void everyDoubtAboutChangesMeansAFullReadWithItsReason() {
    VmId vm = bench.site.addVm("a", mebibytes(1));
    DiskId raw = bench.site.addDisk(vm, mebibytes(1), false);
    bench.backup(vm);
    assertThat(bench.backup(vm).vms().get(0).disks())
        .filteredOn(d -> d.disk().equals(raw))
        .singleElement()
        .satisfies(d -> assertThat(d.reason()).contains("no change tracking"));
    bench.site.loseCheckpoints(vm);
    assertThat(disk(bench.backup(vm)).reason())
        .isEqualTo("the checkpoint of the last backup is gone");
    DiskId late = bench.site.addDisk(vm, mebibytes(1), true);
    assertThat(bench.backup(vm).vms().get(0).disks())
        .filteredOn(d -> d.disk().equals(late))
        .singleElement()
        .satisfies(d -> assertThat(d.mode()).isEqualTo(DiskTask.Mode.FULL));
    bench.site.loseChangesOnOpen(bench.site.disks(vm).get(0));
    DiskTask lost = disk(bench.backup(vm));
    assertThat(lost.mode()).isEqualTo(DiskTask.Mode.FULL);
    assertThat(lost.reason()).isNotEmpty();
    RestorePoint newest = bench.points().get(0);
    for (DiskId disk : bench.site.disks(vm)) {
      assertThat(bench.content(newest, disk)).isEqualTo(bench.site.content(disk));
    }
    assertNothingLeft();
  }

  @Test
  void damageThatWasFoundIsHealedByTheNextBackup() throws IOException {
    VmId vm = bench.site.addVm("a", mebibytes(1));
    DiskId disk = bench.site.disks(vm).get(0);
    bench.backup(vm);
    RestorePoint first = bench.points().get(0);
    flipBytesInEveryPack();
    assertThat(bench.repository.verify(first.id(), new Cancellation()).ok()).isFalse();
    DiskTask again = disk(bench.backup(vm));
    assertThat(again.reason())
        .isEqualTo("the last backup of this disk is damaged in the repository");
    RestorePoint second = bench.points().get(0);
    assertThat(bench.repository.verify(second.id(), new Cancellation()).problems()).isEmpty();
    assertThat(bench.content(second, disk)).isEqualTo(bench.site.content(disk));
    assertThat(bench.repository.verify(first.id(), new Cancellation()).problems())
        .as("the older point is whole again: the same chunks were read anew")
        .isEmpty();
  }

  @Test
  void aVmThatIsGoneIsSkippedAndTheOthersAreBackedUp() {
    VmId gone = bench.site.addVm("gone", mebibytes(1));
    VmId here = bench.site.addVm("here", mebibytes(1));
    bench.site.removeVm(gone);
    Run run = bench.backup(gone, here);
    assertThat(run.vms())
        .extracting(VmTask::state)
        .containsExactly(TaskState.SKIPPED, TaskState.SUCCEEDED);
    assertThat(run.state()).isEqualTo(RunState.WARNING);
  }

  @Test
  void aVmThatWouldNotFitIsRefusedBeforeItsSnapshotAndTheOthersAreBackedUp() {
    VmId small = bench.site.addVm("small", mebibytes(1));
    VmId large = bench.site.addVm("large", mebibytes(60));
    bench.repository.resize(mebibytes(30));
    Run run = bench.backup(large, small);
    assertThat(run.vms())
        .extracting(VmTask::state)
        .containsExactly(TaskState.FAILED, TaskState.SUCCEEDED);
    Problem problem = run.vms().get(0).problem().orElseThrow();
    assertThat(problem.kind()).isEqualTo(ErrorKind.OUT_OF_SPACE);
    assertThat(problem.detail())
        .contains("vm " + large + " would not fit into the repository: about 36.")
        .contains("of a reserve of 30.0 MiB");
    assertThat(run.vms().get(0).snapshot()).isEmpty();
    assertThat(bench.site.faults().calls())
        .filteredOn(call -> call == FakeCall.TAKE_SNAPSHOT)
        .hasSize(1);
    bench.repository.resize(mebibytes(100));
    assertThat(bench.backup(large).state()).isEqualTo(RunState.SUCCEEDED);
    assertNothingLeft();
  }

  @Test
  void aBackupThatFillsTheReserveFailsCleanlyThoughItWasPredictedToFit() {
    VmId vm = bench.site.addVm("a", mebibytes(8));
    bench.backup(vm);
    RestorePoint first = bench.points().get(0);
    DiskId disk = bench.site.disks(vm).get(0);
    byte[] noise = new byte[4 << 20];
    new Random(1).nextBytes(noise);
    bench.site.write(disk, 0, noise);
    // A tenth of the first backup is predicted, and four MiB come.
    bench.repository.resize(bench.repository.space().used().plus(mebibytes(2)));
    Run run = bench.backup(vm);
    assertThat(run.vms().get(0).problem().orElseThrow().kind()).isEqualTo(ErrorKind.OUT_OF_SPACE);
    assertThat(bench.points()).containsExactly(first);
    assertThat(bench.repository.verify(first.id(), new Cancellation()).ok()).isTrue();
    assertNothingLeft();
  }

  @Test
  void oneVmThatFailsDoesNotDisturbTheOthers() {
    VmId bad = bench.site.addVm("bad", mebibytes(1));
    VmId good = bench.site.addVm("good", mebibytes(1));
    bench.site.faults().failNext(FakeCall.OPEN_READER, refused);
    Run run = bench.backup(bad, good);
    assertThat(run.state()).isEqualTo(RunState.FAILED);
    assertThat(run.vms()).extracting(VmTask::state).contains(TaskState.FAILED, TaskState.SUCCEEDED);
    VmTask failed =
        run.vms().stream().filter(v -> v.state() == TaskState.FAILED).findFirst().orElseThrow();
    assertThat(failed.problem().orElseThrow().detail()).isEqualTo("the manager said no");
    assertThat(bench.points()).hasSize(1);
    assertNothingLeft();
    assertThat(bench.site.checkpoints(failed.vm().orElseThrow()))
        .as("the checkpoint of a backup that failed is not kept")
        .isEmpty();
  }

  @Test
  void aSnapshotThatCannotBeRemovedIsAWarningAndThePointStands() {
    VmId vm = bench.site.addVm("a", mebibytes(1));
    bench.site.faults().failAlways(FakeCall.REMOVE_SNAPSHOT, refused);
    bench.site.faults().failAlways(FakeCall.RELEASE, refused);
    Run run = bench.backup(vm);
    assertThat(run.state()).isEqualTo(RunState.WARNING);
    assertThat(run.vms().get(0).notes()).anyMatch(note -> note.contains("the manager said no"));
    assertThat(bench.points()).hasSize(1);
    assertThat(bench.journal.all()).as("it is tried again later").isNotEmpty();
    bench.site.faults().clear();
    bench.sweeper.sweep(bench.journal.all());
    assertNothingLeft();
  }

  @Test
  void excludedDisksAndThoseThePlatformRefusesAreLeftOut() {
    VmId vm = bench.site.addVm("a", mebibytes(1), mebibytes(1), mebibytes(1));
    List<DiskId> disks = bench.site.disks(vm);
    bench.site.refuseBackup(disks.get(1), "direct LUN");
    BackupRequest request =
        new BackupRequest(
            Optional.empty(),
            List.of(new BackupRequest.NamedVm(vm, "a")),
            List.of(disks.get(2)),
            Freezing.NONE);
    Run run = bench.run(request);
    assertThat(bench.points().get(0).disks())
        .extracting(RestorePoint.Disk::id)
        .containsExactly(disks.get(0));
    assertThat(bench.points().get(0).leftOut())
        .as("by name, with the reason of each")
        .containsExactly(
            new RestorePoint.LeftOut(disks.get(1), "a_Disk2", "direct LUN"),
            new RestorePoint.LeftOut(disks.get(2), "a_Disk3", "excluded from the backup"));
    assertThat(run.vms().get(0).notes()).anyMatch(note -> note.contains("direct LUN"));
    assertThat(run.state()).isEqualTo(RunState.WARNING);
  }

  @Test
  void thePointTellsHowFarTheGuestWasBroughtToRest() {
    VmId vm = bench.site.addVm("a", mebibytes(1));
    bench.backup(vm);
    assertThat(bench.points().get(0).consistency()).as("nobody asked").isEmpty();
    bench.run(frozen(vm, Freezing.REQUIRE));
    assertThat(bench.points().get(0).consistency()).contains(Consistency.FILESYSTEM);
    bench.site.removeGuestAgent(vm);
    Run tried = bench.run(frozen(vm, Freezing.TRY));
    assertThat(tried.state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(bench.points().get(0).consistency()).contains(Consistency.CRASH);
    assertThat(tried.vms().get(0).notes()).anyMatch(note -> note.contains("no guest agent"));
    bench.site.power(vm, PowerState.DOWN);
    bench.run(frozen(vm, Freezing.REQUIRE));
    assertThat(bench.points().get(0).consistency())
        .as("no guest runs")
        .contains(Consistency.FILESYSTEM);
    assertNothingLeft();
  }

  @Test
  void aGuestThatMustBeFrozenAndCannotIsNotBackedUp() {
    VmId vm = bench.site.addVm("a", mebibytes(1));
    bench.site.removeGuestAgent(vm);
    Run run = bench.run(frozen(vm, Freezing.REQUIRE));
    assertThat(run.state()).isEqualTo(RunState.FAILED);
    assertThat(run.vms().get(0).problem().orElseThrow().detail()).contains("could not be frozen");
    assertThat(bench.points()).isEmpty();
    assertNothingLeft();
  }

  @Test
  void aGuestIsThawedThoughItsSnapshotFails() {
    VmId vm = bench.site.addVm("a", mebibytes(1));
    bench.site.faults().failNext(FakeCall.TAKE_SNAPSHOT, refused);
    assertThat(bench.run(frozen(vm, Freezing.TRY)).state()).isEqualTo(RunState.FAILED);
    assertNothingLeft();
  }

  private static BackupRequest frozen(VmId vm, Freezing freezing) {
    return new BackupRequest(
        Optional.empty(), List.of(new BackupRequest.NamedVm(vm, "a")), List.of(), freezing);
  }

  @Test
  void cancelEndsInTheMiddleOfADiskAndLeavesNothing() {
    VmId vm = bench.site.addVm("a", mebibytes(64));
    bench
        .site
        .faults()
        .beforeEach(FakeCall.READ, () -> bench.queue.cancel(bench.queue.unfinished().get(0).id()));
    Run run = bench.backup(vm);
    assertThat(run.state()).isEqualTo(RunState.CANCELLED);
    assertThat(bench.points()).isEmpty();
    assertNothingLeft();
  }

  @Test
  void aSiteThatDoesNotAnswerFailsTheRunWithItsReason() {
    VmId vm = bench.site.addVm("a", mebibytes(1));
    bench
        .site
        .faults()
        .failAlways(
            FakeCall.CONNECT,
            new StillpointException(
                ErrorKind.HYPERVISOR_UNAVAILABLE, "engine.example does not answer", "check it"));
    Run run = bench.backup(vm);
    assertThat(run.state()).isEqualTo(RunState.FAILED);
    assertThat(run.problem().orElseThrow().detail()).isEqualTo("engine.example does not answer");
  }

  @Test
  void thePointKeepsTheCheckpointThatTheNextRunAsksFor() {
    VmId vm = bench.site.addVm("a", mebibytes(1));
    bench.backup(vm);
    List<CheckpointId> kept = bench.site.checkpoints(vm);
    assertThat(bench.points().get(0).checkpoint()).isEqualTo(Optional.of(kept.get(0)));
  }

  private static DiskTask disk(Run run) {
    return run.vms().get(0).disks().get(0);
  }

  /** In the middle of each pack: among the data, not among the map's nodes at the end. */
  private void flipBytesInEveryPack() throws IOException {
    try (Stream<Path> files = Files.walk(directory.resolve("repository"))) {
      for (Path pack : files.filter(file -> file.toString().endsWith(".pack")).toList()) {
        byte[] content = Files.readAllBytes(pack);
        for (int at = 1000; at < content.length / 2; at += 50_000) {
          content[at] ^= 0x55;
        }
        Files.write(pack, content);
      }
    }
  }

  private void assertNothingLeft() {
    assertThat(bench.site.leftovers()).isEmpty();
    assertThat(bench.journal.all()).isEmpty();
  }
}
