package dev.stillpoint.restore;

import static dev.stillpoint.testing.Workbench.mebibytes;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.stillpoint.catalog.RestorePoint;
import dev.stillpoint.hypervisor.PowerState;
import dev.stillpoint.hypervisor.VmSettings;
import dev.stillpoint.hypervisor.testing.FakeCall;
import dev.stillpoint.job.Problem;
import dev.stillpoint.job.RestoreRequest;
import dev.stillpoint.job.Run;
import dev.stillpoint.job.RunState;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.DiskId;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.VmId;
import dev.stillpoint.testing.Wish;
import dev.stillpoint.testing.Workbench;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestoreRunTest {

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
  void inPlaceGivesEveryDiskBackOnNewDisksAndDeletesTheOldOnes() {
    List<DiskId> before = bench.site.disks(vm);
    Run run = bench.run(inPlace());
    assertThat(run.state()).as("%s", run).isEqualTo(RunState.SUCCEEDED);
    assertThat(contents()).isEqualTo(then);
    assertThat(bench.site.disks(vm)).doesNotContainAnyElementsOf(before);
    assertThat(before).noneMatch(bench.site::exists);
    assertThat(settings(vm).power()).isEqualTo(PowerState.DOWN);
    assertNothingLeft();
  }

  @Test
  void theBackupAfterARestoreIsFullAndRight() {
    assertThat(bench.site.checkpoints(vm)).hasSize(1);
    bench.run(inPlace());
    assertThat(bench.site.checkpoints(vm)).as("ours is gone").isEmpty();
    Run run = bench.backup(vm);
    assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(run.vms().get(0).disks()).allMatch(d -> !d.reason().isEmpty());
    RestorePoint newest = bench.points().get(0);
    DiskId disk = bench.site.disks(vm).get(0);
    assertThat(bench.content(newest, disk)).isEqualTo(bench.site.content(disk));
    assertNothingLeft();
  }

  @Test
  void anOlderPointFindsItsDisksByNameAfterARestore() {
    bench.run(inPlace());
    bench.site.write(bench.site.disks(vm).get(1), 0, "ruined again".getBytes(UTF_8));
    bench.run(inPlace());
    assertThat(bench.site.disks(vm)).hasSize(2);
    assertThat(contents()).isEqualTo(then);
  }

  @Test
  void inPlaceIsRefusedInThePlanWhereSnapshotsHoldTheDisks() {
    bench.site.surroundings().snapshots(vm, "before the update", "Auto-generated for Backup VM");
    List<String> ruined = contents();

    assertThat(bench.restores.plan(inPlace()).refusals())
        .singleElement()
        .satisfies(
            refusal -> {
              assertThat(refusal.kind()).isEqualTo(ErrorKind.CONFLICT);
              assertThat(refusal.detail())
                  .contains("VM vm", "before the update, Auto-generated for Backup VM");
              assertThat(refusal.remedy()).contains("Delete them").contains("as a new VM");
            });
    Run run = bench.run(inPlace());

    assertThat(run.state()).isEqualTo(RunState.FAILED);
    assertThat(run.vms().get(0).disks()).as("nothing was written").isEmpty();
    assertThat(contents()).isEqualTo(ruined);
    assertThat(bench.restores.plan(newVm("copy")).refusals()).isEmpty();
    assertNothingLeft();
  }

  @Test
  void inPlaceSaysThatTheVmLosesItsCheckpointsAndThoseOfOthers() {
    assertThat(bench.restores.plan(inPlace()).notes())
        .anyMatch(note -> note.contains("also those of other backup products"));
    assertThat(bench.restores.plan(newVm("copy")).notes())
        .noneMatch(note -> note.contains("checkpoints"));
  }

  @Test
  void asANewVmLeavesTheOriginalAlone() {
    List<String> ruined = contents();
    Run run = bench.run(newVm("copy"));
    assertThat(run.outcome()).isNotEqualTo(RunState.FAILED);
    VmId copy = bench.site.vm("copy").orElseThrow();
    assertThat(run.vms().get(0).vm()).isEqualTo(Optional.of(copy));
    List<DiskId> disks = bench.site.disks(copy);
    assertThat(bench.site.sha256(disks.get(0))).isEqualTo(then.get(0));
    assertThat(bench.site.sha256(disks.get(1))).isEqualTo(then.get(1));
    assertThat(contents()).isEqualTo(ruined);
    VmSettings original = settings(vm);
    VmSettings made = settings(copy);
    assertThat(made.hardware()).isEqualTo(original.hardware());
    assertThat(made.nics()).hasSameSizeAs(original.nics());
    assertThat(made.nics().get(0).mac()).isNotEqualTo(original.nics().get(0).mac());
    assertThat(made.nics().get(0).linked()).isFalse();
    assertNothingLeft();
  }

  @Test
  void asANewVmWorksWhenTheOriginalIsGone() {
    bench.site.removeVm(vm);
    bench.run(newVm("phoenix"));
    VmId made = bench.site.vm("phoenix").orElseThrow();
    assertThat(bench.site.sha256(bench.site.disks(made).get(0))).isEqualTo(then.get(0));
  }

  @Test
  void refusesWhatCannotBeBeforeAnythingIsTouched() {
    bench.site.power(vm, PowerState.UP);
    assertRefused(inPlace(), ErrorKind.CONFLICT, "not powered off");
    bench.site.power(vm, PowerState.DOWN);
    assertRefused(newVm("vm"), ErrorKind.CONFLICT, "There is a VM named vm already");
    bench.site.available(ByteCount.ofBytes(1000));
    assertRefused(newVm("copy"), ErrorKind.OUT_OF_SPACE, "the restore needs");
    bench.site.available(ByteCount.ofGibibytes(1));
    bench.site.removeVm(vm);
    assertRefused(inPlace(), ErrorKind.NOT_FOUND, "no longer exists");
    assertThat(bench.site.faults().calls()).doesNotContain(FakeCall.CREATE_DISK);
  }

  @Test
  void refusesToGiveAMacAwayThatTheOriginalStillHas() {
    RestoreRequest twin = twin();
    assertThat(bench.restores.plan(twin).refusals())
        .extracting(Problem::detail)
        .singleElement(as(STRING))
        .contains("is in use by VM");
    bench.site.removeVm(vm);
    assertThat(bench.restores.plan(twin).refusals()).isEmpty();
  }

  private RestoreRequest twin() {
    return Wish.asNew(point.id(), "copy").keepMacs().request();
  }

  @Test
  void refusesToGiveAMacAwayThatAnotherVmHasByNow() {
    String mac = point.settings().nics().get(0).mac();
    bench.site.removeVm(vm);
    bench.site.surroundings().takeMac(bench.site.addVm("heir", mebibytes(1)), mac);
    assertThat(bench.restores.plan(twin()).refusals())
        .extracting(Problem::detail)
        .containsExactly("MAC address " + mac + " is in use by VM heir");
    assertThat(bench.restores.plan(newVm("copy")).refusals()).isEmpty();
  }

  @Test
  void refusesAClusterOrStorageThatIsNotThere() {
    RestoreRequest elsewhere =
        Wish.asNew(point.id(), "copy").cluster("nowhere").storage("nothing").request();
    assertThat(bench.restores.plan(elsewhere).refusals())
        .extracting(Problem::detail)
        .contains("There is no cluster nowhere", "There is no storage nothing");
  }

  @Test
  void aFailureAtAnyStepLeavesTheVmAsItWas() {
    List<String> ruined = contents();
    List<DiskId> disks = bench.site.disks(vm);
    StillpointException refused = new StillpointException(ErrorKind.HYPERVISOR_REFUSED, "no", "");
    for (FakeCall step :
        List.of(
            FakeCall.CREATE_DISK,
            FakeCall.OPEN_WRITER,
            FakeCall.WRITE,
            FakeCall.FLUSH,
            FakeCall.READ_BACK,
            FakeCall.FINISH_WRITER,
            FakeCall.SWAP_DISK)) {
      bench.site.faults().failNext(step, refused);
      Run run = bench.run(inPlace());
      assertThat(run.state()).as("%s", step).isEqualTo(RunState.FAILED);
      assertThat(bench.site.disks(vm)).as("%s", step).hasSameElementsAs(disks);
      assertThat(contents()).as("%s", step).isEqualTo(ruined);
      assertNothingLeft();
    }
  }

  @Test
  void aDiskThatTheVmLacksNowIsAttachedAgain() {
    VmId bare = bench.site.addVm("bare", mebibytes(1));
    DiskId extra = bench.site.addDisk(bare, mebibytes(1), true);
    bench.backup(bare);
    point = bench.points().get(0);
    List<String> before = bench.sums(bare);
    bench.site.power(bare, PowerState.DOWN);
    bench.site.removeDisk(bare, extra);
    Run run = bench.run(inPlace());
    assertThat(run.state()).as("%s", run).isEqualTo(RunState.SUCCEEDED);
    assertThat(bench.sums(bare)).isEqualTo(before);
  }

  @Test
  void keepsTheOldDisksWhenAsked() {
    List<DiskId> before = bench.site.disks(vm);
    bench.run(Wish.inPlace(point).keepOldDisks().request());
    assertThat(before).allMatch(bench.site::exists);
    assertThat(bench.journal.all()).isEmpty();
  }

  @Test
  void whatFailsAfterTheDisksAreInPlaceIsAWarningForTheDataIsBack() {
    StillpointException refused =
        new StillpointException(ErrorKind.CONFLICT, "VM vm is running", "Shut it down");
    bench.site.faults().failNext(FakeCall.APPLY_SETTINGS, refused);
    Run run = bench.run(inPlace());
    assertThat(run.state()).as("%s", run).isEqualTo(RunState.WARNING);
    assertThat(run.vms().get(0).notes()).anyMatch(note -> note.contains("VM vm is running"));
    assertThat(contents()).isEqualTo(then);
    assertNothingLeft();
    bench.site.faults().failNext(FakeCall.COMPLETE_VM, refused);
    Run second = bench.run(newVm("copy"));
    assertThat(second.state()).as("%s", second).isEqualTo(RunState.WARNING);
    assertThat(bench.site.vm("copy")).isPresent();
    assertNothingLeft();
  }

  @Test
  void aNewVmNeedsAName() {
    assertRefused(newVm("  "), ErrorKind.BAD_REQUEST, "name");
  }

  private void assertRefused(RestoreRequest request, ErrorKind kind, String detail) {
    RestorePlan plan = bench.restores.plan(request);
    assertThat(plan.refusals()).extracting(Problem::kind).contains(kind);
    assertThat(plan.refusals()).anyMatch(problem -> problem.detail().contains(detail));
    assertThatThrownBy(plan::throwIfRefused).isInstanceOf(StillpointException.class);
    assertThat(bench.run(request).state()).isEqualTo(RunState.FAILED);
  }

  private RestoreRequest inPlace() {
    return Wish.inPlace(point.id(), "vm").request();
  }

  private RestoreRequest newVm(String name) {
    return Wish.asNew(point.id(), name).request();
  }

  private VmSettings settings(VmId id) {
    try (var session = bench.site.open()) {
      return session.inventory().settings(id).orElseThrow();
    }
  }

  /** Each disk's sum, in the order of the disks' names. */
  private List<String> contents() {
    return bench.sums(vm);
  }

  private void assertNothingLeft() {
    assertThat(bench.site.leftovers()).isEmpty();
    assertThat(bench.journal.all()).isEmpty();
  }
}
