package dev.stillpoint.hypervisor.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillpoint.hypervisor.DiskReader;
import dev.stillpoint.hypervisor.DiskSettings;
import dev.stillpoint.hypervisor.DiskWriter;
import dev.stillpoint.hypervisor.NicSettings;
import dev.stillpoint.hypervisor.OutsideEffect;
import dev.stillpoint.hypervisor.RestoreTarget;
import dev.stillpoint.hypervisor.RestoreTarget.DiskSwap;
import dev.stillpoint.hypervisor.VmSettings;
import dev.stillpoint.hypervisor.VmSnapshot;
import dev.stillpoint.model.DiskId;
import dev.stillpoint.model.VmId;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a restarted process must be able to take away after the one before died anywhere. */
interface CrashContract {

  ContractSteps steps();

  @Test
  default void releasesASnapshotThatNobodyRemoved() {
    VmId vm = steps().site.runningVm();
    VmSnapshot abandoned = steps().take(vm, Optional.empty());
    OutsideEffect snapshot = steps().journal.open(OutsideEffect.Kind.SNAPSHOT).get(0);

    List<OutsideEffect> found = steps().restartedSession().release(snapshot);

    assertThat(found)
        .singleElement()
        .satisfies(
            effect -> {
              assertThat(effect.kind()).isEqualTo(OutsideEffect.Kind.CHECKPOINT);
              assertThat(effect.reference())
                  .isEqualTo(abandoned.checkpoint().orElseThrow().value());
            });
    steps().assertNothingLeft();
    steps().sweep();
    assertThat(steps().session().snapshots().checkpoints(vm)).isEmpty();
  }

  @Test
  default void releasesASnapshotThatIsBeingRead() {
    VmId vm = steps().site.runningVm();
    VmSnapshot abandoned = steps().take(vm, Optional.empty());
    DiskReader reader = abandoned.open(steps().trackedDisk(vm).id());
    reader.read(0, ByteBuffer.allocate(4096));

    steps().sweep();

    assertThat(steps().journal.open()).isEmpty();
    steps().assertNothingLeft();
    assertThat(steps().session().snapshots().checkpoints(vm)).isEmpty();
  }

  @Test
  default void releasesASnapshotWhoseTransferIsReleasedAfterIt() {
    VmId vm = steps().site.runningVm();
    VmSnapshot abandoned = steps().take(vm, Optional.empty());
    DiskReader reader = abandoned.open(steps().trackedDisk(vm).id());
    assertThat(reader.extents()).isNotEmpty();

    for (OutsideEffect effect : steps().journal.open()) {
      steps().restartedSession().release(effect);
    }

    steps().assertNothingLeft();
  }

  @Test
  default void releasesWhatWasIntendedButNeverMade() {
    steps().journal.dieAfterIntention(1);
    assertThatThrownBy(() -> steps().take(steps().site.runningVm(), Optional.empty()))
        .isInstanceOf(SimulatedCrash.class);

    steps().sweep();

    assertThat(steps().journal.open()).isEmpty();
    steps().assertNothingLeft();
  }

  @Test
  default void releasesADiskThatWasIntendedButNeverMade() {
    DiskSettings like = steps().trackedDisk(steps().site.stoppedVm());
    steps().journal.dieAfterIntention(1);
    assertThatThrownBy(() -> target().createDisk(like, steps().journal))
        .isInstanceOf(SimulatedCrash.class);

    steps().sweep();

    steps().assertNothingLeft();
  }

  @Test
  default void releasesADiskThatIsBeingFilled() {
    DiskSettings like = steps().trackedDisk(steps().site.stoppedVm());
    DiskWriter abandoned = target().createDisk(like, steps().journal);
    abandoned.write(0, ByteBuffer.wrap(steps().bytes(10_000)));

    steps().sweep();

    assertThat(steps().site.exists(abandoned.disk())).isFalse();
    steps().assertNothingLeft();
  }

  @Test
  default void putsTheOldDiskBackWhenTheProcessDiesBeforeTheSwap() {
    VmId vm = steps().site.stoppedVm();
    DiskSettings old = steps().trackedDisk(vm);
    DiskId made = steps().fill(old, steps().content(old));
    steps().journal.dieAfterIntention(steps().journal.intended().size() + 1);
    assertThatThrownBy(
            () -> target().swapDisks(vm, List.of(new DiskSwap(old, made)), steps().journal))
        .isInstanceOf(SimulatedCrash.class);

    steps().sweep();

    assertThat(steps().settings(vm).disk(old.id())).isPresent();
    assertThat(steps().site.exists(made)).isFalse();
    steps().assertNothingLeft();
  }

  @Test
  default void releasesAHalfMadeVmWithItsDisks() {
    VmSettings model = steps().settings(steps().site.stoppedVm());
    int before = steps().session().inventory().vms().size();
    VmId vm = target().createVm(copyOf(model), "mark-4711", steps().journal);
    DiskId disk = steps().fill(model.disks().get(0), steps().content(model.disks().get(0)));
    target().attachDisk(vm, model.disks().get(0).withId(disk));

    steps().sweep();

    assertThat(steps().session().inventory().vms()).hasSize(before);
    assertThat(steps().session().inventory().settings(vm)).isEmpty();
    assertThat(steps().site.exists(disk)).isFalse();
    steps().assertNothingLeft();
  }

  @Test
  default void doesNotTouchAVmThatWasCompleted() {
    VmSettings model = steps().settings(steps().site.stoppedVm());
    VmId vm = target().createVm(copyOf(model), "mark-4711", steps().journal);
    target().completeVm(vm, copyOf(model));

    steps().sweep();

    assertThat(steps().session().inventory().settings(vm)).isPresent();
  }

  @Test
  default void releasesEverythingTwiceWithoutComplaint() {
    VmId vm = steps().site.runningVm();
    VmSnapshot snapshot = steps().take(vm, Optional.empty());
    DiskReader reader = snapshot.open(steps().trackedDisk(vm).id());
    assertThat(reader.parallelReads()).isPositive();
    DiskSettings like = steps().trackedDisk(steps().site.stoppedVm());
    DiskWriter writer = target().createDisk(like, steps().journal);
    assertThat(writer.parallelWrites()).isPositive();
    List<OutsideEffect> made = steps().journal.open();

    steps().sweep();

    for (OutsideEffect effect : made) {
      assertThat(steps().session().release(effect))
          .allMatch(left -> left.kind() == OutsideEffect.Kind.CHECKPOINT);
    }
    steps().assertNothingLeft();
  }

  private RestoreTarget target() {
    return steps().session().restoreTarget();
  }

  private static VmSettings copyOf(VmSettings vm) {
    List<NicSettings> nics = vm.nics().stream().map(nic -> nic.withMac("")).toList();
    return new VmSettings(
        vm.id(),
        "copy of " + vm.name(),
        vm.description(),
        vm.comment(),
        vm.power(),
        vm.cluster(),
        vm.hardware(),
        vm.bootOrder(),
        vm.operatingSystem(),
        vm.disks(),
        nics,
        vm.nativeDocument(),
        vm.attributes());
  }
}
