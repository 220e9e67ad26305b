package dev.stillpoint.restore;

import static dev.stillpoint.testing.Workbench.mebibytes;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillpoint.catalog.RestorePoint;
import dev.stillpoint.hypervisor.DiskSettings;
import dev.stillpoint.hypervisor.PowerState;
import dev.stillpoint.hypervisor.VmSettings;
import dev.stillpoint.hypervisor.testing.FakeCall;
import dev.stillpoint.job.Problem;
import dev.stillpoint.job.RestoreRequest.Choices;
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
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Some disks of a point are given back, and nothing else. */
class SingleDisksTest {

  private static final String LATER_MAC = "56:6f:00:00:0f:0f";

  @TempDir Path directory;
  private Workbench bench;
  private VmId vm;
  private DiskId system;
  private DiskId data;
  private String dataThen;
  private RestorePoint point;

  @BeforeEach
  void backUpAndChange() {
    bench = new Workbench(directory.resolve("repository"));
    bench.queue.start();
    vm = bench.site.addVm("vm", mebibytes(3), mebibytes(1));
    bench.site.surroundings().tag(vm, "then");
    system = bench.site.disks(vm).get(0);
    data = bench.site.disks(vm).get(1);
    dataThen = bench.site.sha256(data);
    bench.backup(vm);
    point = bench.points().get(0);
    for (DiskId disk : bench.site.disks(vm)) {
      bench.site.write(disk, 70_000, "ruined".getBytes(UTF_8));
    }
    bench.site.surroundings().takeMac(vm, LATER_MAC);
    bench.site.surroundings().tag(vm, "now");
    bench.site.power(vm, PowerState.DOWN);
  }

  @AfterEach
  void stop() {
    bench.close();
  }

  @Test
  void inPlaceNothingButTheDiskNamedIsTouched() {
    VmSettings before = settings();
    String systemNow = bench.site.sha256(system);

    Run run = bench.run(Wish.inPlace(point).disks("vm_Disk2").request());

    assertThat(run.state()).as("%s", run).isEqualTo(RunState.SUCCEEDED);
    assertThat(run.vms().get(0).disks()).hasSize(1);
    VmSettings after = settings();
    DiskSettings restored = after.disks().stream().filter(this::isData).findFirst().orElseThrow();
    assertThat(bench.site.sha256(restored.id())).isEqualTo(dataThen);
    assertThat(bench.site.exists(data)).as("the old one").isFalse();
    assertThat(after.disk(system)).isEqualTo(before.disk(system));
    assertThat(bench.site.sha256(system)).isEqualTo(systemNow);
    assertThat(after.nics()).isEqualTo(before.nics());
    assertThat(after.nics().get(0).mac()).isEqualTo(LATER_MAC);
    assertThat(after.attributes()).isEqualTo(before.attributes());
    assertThat(after.hardware()).isEqualTo(before.hardware());
    assertThat(bench.site.faults().calls())
        .doesNotContain(FakeCall.APPLY_SETTINGS, FakeCall.APPLY_ATTRIBUTES);
    assertNothingLeft();
  }

  @Test
  void theCheckpointGoesAndTheNextBackupReadsAllDisksOfTheVm() {
    bench.run(Wish.inPlace(point).disks(data.value()).request());
    assertThat(bench.site.checkpoints(vm)).isEmpty();
    Run run = bench.backup(vm);
    assertThat(run.vms().get(0).disks()).hasSize(2).allMatch(disk -> !disk.reason().isEmpty());
    RestorePoint newest = bench.points().get(0);
    for (DiskId disk : bench.site.disks(vm)) {
      assertThat(bench.content(newest, disk)).isEqualTo(bench.site.content(disk));
    }
    assertNothingLeft();
  }

  @Test
  void aDiskThatWasGivenBackByItselfCanBeGivenBackAgain() {
    bench.run(Wish.inPlace(point).disks(data.value()).request());
    Run again = bench.run(Wish.inPlace(point).disks("vm_Disk2").request());
    assertThat(again.state()).as("%s", again).isEqualTo(RunState.SUCCEEDED);
    assertThat(bench.site.disks(vm)).hasSize(2).contains(system);
    Run whole = bench.run(Wish.inPlace(point).request());
    assertThat(whole.state()).as("%s", whole).isEqualTo(RunState.SUCCEEDED);
    assertThat(bench.site.disks(vm)).hasSize(2);
  }

  @Test
  void thePlanShowsThatDiskAndSaysThatAllElseStays() {
    RestorePlan plan = bench.restores.plan(Wish.inPlace(point).disks("vm_Disk2").request());
    assertThat(plan.refusals()).isEmpty();
    assertThat(plan.disks())
        .singleElement()
        .satisfies(disk -> assertThat(disk.replaces().map(DiskSettings::id)).contains(data));
    assertThat(plan.target()).isEqualTo(settings());
    assertThat(plan.notes())
        .anyMatch(note -> note.startsWith("Only disk vm_Disk2 is given back; all else"))
        .anyMatch(note -> note.contains("loses its checkpoints"))
        .anyMatch(note -> note.contains("the others are as they are now"))
        .noneMatch(note -> note.contains("Given back where"));
  }

  @Test
  void snapshotsAndPermissionsStandAgainstItAsForTheWholeVm() {
    bench.site.surroundings().snapshots(vm, "before the update");
    assertThat(bench.restores.plan(Wish.inPlace(point).disks("vm_Disk2").request()).refusals())
        .singleElement()
        .satisfies(refusal -> assertThat(refusal.detail()).contains("before the update"));
    bench.site.surroundings().snapshots(vm);
    for (Choices choices :
        List.of(
            new Choices(Map.of(), true, Optional.empty()),
            new Choices(Map.of("a", ""), false, Optional.empty()))) {
      assertThat(
              bench
                  .restores
                  .plan(Wish.inPlace(point).disks("vm_Disk2").choices(choices).request())
                  .refusals())
          .singleElement()
          .satisfies(refusal -> assertThat(refusal.kind()).isEqualTo(ErrorKind.BAD_REQUEST));
    }
  }

  @Test
  void aFailureLeavesTheDiskAndItsNeighboursAsTheyWere() {
    List<DiskId> disks = bench.site.disks(vm);
    List<String> now = bench.sums(vm);
    StillpointException refused = new StillpointException(ErrorKind.HYPERVISOR_REFUSED, "no", "");
    for (FakeCall step : List.of(FakeCall.WRITE, FakeCall.READ_BACK, FakeCall.SWAP_DISK)) {
      bench.site.faults().failNext(step, refused);
      Run run = bench.run(Wish.inPlace(point).disks("vm_Disk2").request());
      assertThat(run.state()).as("%s", step).isEqualTo(RunState.FAILED);
      assertThat(bench.site.disks(vm)).as("%s", step).hasSameElementsAs(disks);
      assertThat(bench.sums(vm)).as("%s", step).isEqualTo(now);
      assertNothingLeft();
    }
  }

  @Test
  void aNewVmHasTheDisksNamedAndNoOthers() {
    Run run = bench.run(Wish.asNew(point.id(), "copy").disks(data.value()).request());
    assertThat(run.outcome()).as("%s", run).isNotEqualTo(RunState.FAILED);
    List<DiskId> disks = bench.site.disks(bench.site.vm("copy").orElseThrow());
    assertThat(disks).hasSize(1);
    assertThat(bench.site.sha256(disks.get(0))).isEqualTo(dataThen);
    assertThat(run.vms().get(0).notes())
        .contains("Not wanted, and so not on the new VM: disk vm_Disk1")
        .contains("The disk that the VM boots from is not among those wanted");
    assertNothingLeft();
  }

  @Test
  void aDiskThatTheVmLacksNowIsAttachedAgain() {
    bench.site.removeDisk(vm, data);
    Run run = bench.run(Wish.inPlace(point).disks(data.value()).request());
    assertThat(run.state()).as("%s", run).isEqualTo(RunState.SUCCEEDED);
    assertThat(bench.sums(vm)).hasSize(2).contains(dataThen);
    assertThat(bench.site.disks(vm)).contains(system);
  }

  @Test
  void aDiskThatIsNotInThePointIsRefusedByNameBeforeAllElse() {
    bench.site.power(vm, PowerState.UP);
    RestorePlan plan =
        bench.restores.plan(Wish.inPlace(point).disks("vm_Disk2", "vm_Disk7").request());
    Problem first = plan.refusals().get(0);
    assertThat(first.kind()).isEqualTo(ErrorKind.BAD_REQUEST);
    assertThat(first.detail()).isEqualTo("Restore point " + point.id() + " has no disk vm_Disk7");
    assertThatThrownBy(plan::throwIfRefused).hasMessage(first.detail());
  }

  private boolean isData(DiskSettings disk) {
    return disk.name().equals("vm_Disk2");
  }

  private VmSettings settings() {
    try (var session = bench.site.open()) {
      return session.inventory().settings(vm).orElseThrow();
    }
  }

  private void assertNothingLeft() {
    assertThat(bench.site.leftovers()).isEmpty();
    assertThat(bench.journal.all()).isEmpty();
  }
}
