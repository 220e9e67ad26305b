package dev.stillpoint.hypervisor.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillpoint.hypervisor.Caller;
import dev.stillpoint.hypervisor.Callers;
import dev.stillpoint.hypervisor.DiskSettings;
import dev.stillpoint.hypervisor.DiskSettings.StorageRef;
import dev.stillpoint.hypervisor.DiskWriter;
import dev.stillpoint.hypervisor.Extent;
import dev.stillpoint.hypervisor.Hardware;
import dev.stillpoint.hypervisor.NicSettings;
import dev.stillpoint.hypervisor.OutsideEffect;
import dev.stillpoint.hypervisor.Password;
import dev.stillpoint.hypervisor.PowerState;
import dev.stillpoint.hypervisor.RestoreTarget;
import dev.stillpoint.hypervisor.RestoreTarget.DiskSwap;
import dev.stillpoint.hypervisor.Right;
import dev.stillpoint.hypervisor.VmAttributes;
import dev.stillpoint.hypervisor.VmSettings;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.DiskId;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.VmId;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What every adapter's restores must do. */
interface RestoreContract {

  ContractSteps steps();

  @Test
  default void fillsANewDiskAndReadsItBack() {
    DiskSettings like = steps().trackedDisk(steps().site.stoppedVm()).withName("restored");
    byte[] content = steps().content(like);
    DiskId made;
    try (DiskWriter writer = target().createDisk(like, steps().journal)) {
      made = writer.disk();
      ContractSteps.write(writer, content);
      byte[] back = new byte[100_000];
      writer.readBack(50_000, ByteBuffer.wrap(back));
      assertThat(back).isEqualTo(Arrays.copyOfRange(content, 50_000, 150_000));
      assertThat(writer.extents())
          .anySatisfy(e -> assertThat(e.content()).isEqualTo(Extent.Content.ZERO));
      writer.finish();
    }

    assertThat(steps().site.sha256(made)).isEqualTo(ContractSteps.sha256(content));
    assertThat(steps().journal.open())
        .singleElement()
        .satisfies(
            left -> {
              assertThat(left.kind()).isEqualTo(OutsideEffect.Kind.DISK);
              assertThat(left.reference()).isEqualTo(made.value());
            });
  }

  @Test
  default void swapsNewDisksInAndKeepsTheOldOnes() {
    VmId vm = steps().site.stoppedVm();
    DiskSettings old = steps().trackedDisk(vm);
    byte[] content = steps().content(old);
    DiskId made = steps().fill(old, content);

    target().swapDisks(vm, List.of(new DiskSwap(old, made)), steps().journal);

    DiskSettings now = steps().settings(vm).disk(made).orElseThrow();
    assertThat(now.bus()).isEqualTo(old.bus());
    assertThat(now.bootable()).isEqualTo(old.bootable());
    assertThat(now.active()).isEqualTo(old.active());
    assertThat(now.changeTracking()).isEqualTo(old.changeTracking());
    assertThat(steps().settings(vm).disk(old.id())).isEmpty();
    assertThat(steps().site.exists(old.id())).as("the old disk is kept").isTrue();
    assertThat(steps().site.sha256(made)).isEqualTo(ContractSteps.sha256(content));

    steps()
        .session()
        .release(new OutsideEffect(OutsideEffect.Kind.REPLACED_DISK, old.id().value(), Map.of()));
    assertThat(steps().site.exists(old.id())).isFalse();
  }

  @Test
  default void putsTheOldDiskBackWhenASwapIsReleased() {
    VmId vm = steps().site.stoppedVm();
    DiskSettings old = steps().trackedDisk(vm);
    String before = steps().site.sha256(old.id());
    DiskId made = steps().fill(old, steps().content(old));
    target().swapDisks(vm, List.of(new DiskSwap(old, made)), steps().journal);

    steps().sweep();

    DiskSettings back = steps().settings(vm).disk(old.id()).orElseThrow();
    assertThat(back.bus()).isEqualTo(old.bus());
    assertThat(back.bootable()).isEqualTo(old.bootable());
    assertThat(back.active()).isEqualTo(old.active());
    assertThat(steps().site.sha256(old.id())).isEqualTo(before);
    assertThat(steps().site.exists(made)).isFalse();
    steps().assertNothingLeft();
  }

  @Test
  default void refusesToSwapDisksOfARunningVm() {
    VmId vm = steps().site.runningVm();
    DiskSettings old = steps().trackedDisk(vm);
    DiskId made = steps().fill(old, steps().content(old));

    refuses(
        ErrorKind.CONFLICT,
        () -> target().swapDisks(vm, List.of(new DiskSwap(old, made)), steps().journal));

    assertThat(steps().settings(vm).disk(old.id())).isPresent();
    steps().sweep();
    assertThat(steps().settings(vm).disk(old.id())).isPresent();
    steps().assertNothingLeft();
  }

  @Test
  default void whoeverIsGivenAVmIsShownItAndMayRestoreIt() {
    Callers callers = steps().session().callers();
    VmId vm = steps().site.stoppedVm();
    try (Password password = steps().site.password();
        Password token = callers.signIn(steps().site.plainUser(), password).token()) {
      Caller before = callers.identify(token);
      assertThat(before.vms().keySet()).containsExactly(steps().site.runningVm());

      assertThat(target().giveTo(vm, before.id())).isNotBlank();

      Caller then = callers.identify(token);
      assertThat(then.vms()).containsKey(vm);
      assertThat(then.may(callers.permit(Right.RESTORE), vm)).isTrue();
      assertThat(then.may(callers.permit(Right.RESTORE_AS_NEW), vm)).isFalse();
    }
  }

  @Test
  default void givesNoVmToSomebodyTheManagerDoesNotKnow() {
    String nobody = "11111111-1111-1111-1111-111111111111";
    refuses(ErrorKind.NOT_FOUND, () -> target().giveTo(steps().site.stoppedVm(), nobody));
  }

  @Test
  default void neverDeletesADiskThatIsAttached() {
    DiskId disk = steps().trackedDisk(steps().site.stoppedVm()).id();
    OutsideEffect effect =
        new OutsideEffect(OutsideEffect.Kind.REPLACED_DISK, disk.value(), Map.of());

    refuses(ErrorKind.CONFLICT, () -> steps().session().release(effect));
    assertThat(steps().site.exists(disk)).isTrue();
  }

  @Test
  default void leavesNothingOfADiskThatWasNotFinished() {
    DiskSettings like = steps().trackedDisk(steps().site.stoppedVm());
    DiskId made;
    try (DiskWriter writer = target().createDisk(like, steps().journal)) {
      made = writer.disk();
      writer.write(0, ByteBuffer.wrap(steps().bytes(10_000)));
    }
    steps().sweep();

    assertThat(steps().site.exists(made)).isFalse();
    assertThat(steps().journal.open()).isEmpty();
    steps().assertNothingLeft();
  }

  @Test
  default void refusesAPreallocatedDiskThatDoesNotFitTheStorage() {
    DiskSettings like = steps().trackedDisk(steps().site.stoppedVm());
    long available =
        steps().session().inventory().storages().stream()
            .filter(s -> s.id().equals(like.storage().id()))
            .findFirst()
            .orElseThrow()
            .available()
            .bytes();
    DiskSettings huge = preallocated(like, ByteCount.ofBytes((available / 512 + 2) * 512));

    refuses(ErrorKind.OUT_OF_SPACE, () -> target().createDisk(huge, steps().journal));

    assertThat(steps().journal.open()).isEmpty();
    steps().assertNothingLeft();
  }

  @Test
  default void refusesADiskOnAnUnknownStorage() {
    DiskSettings like =
        steps()
            .trackedDisk(steps().site.stoppedVm())
            .withStorage(new StorageRef("11111111-1111-1111-1111-111111111111", "nowhere"));

    refuses(ErrorKind.NOT_FOUND, () -> target().createDisk(like, steps().journal));
    steps().assertNothingLeft();
  }

  @Test
  default void makesACompleteNewVm() {
    VmSettings model = steps().settings(steps().site.runningVm());
    VmSettings wanted = named(model, "copy of " + model.name(), withoutMacs(model));
    byte[] content = steps().content(model.disks().get(0));

    VmId vm = target().createVm(wanted, "mark-4711", steps().journal);
    assertThat(steps().settings(vm).comment()).contains("mark-4711");
    DiskId disk = steps().fill(model.disks().get(0), content);
    target().attachDisk(vm, model.disks().get(0).withId(disk));
    target().completeVm(vm, wanted);

    VmSettings made = steps().settings(vm);
    assertThat(made.name()).isEqualTo(wanted.name());
    assertThat(made.comment()).isEqualTo(wanted.comment());
    assertThat(made.power()).isEqualTo(PowerState.DOWN);
    assertThat(made.hardware().processors()).isEqualTo(model.hardware().processors());
    assertThat(made.hardware().memory()).isEqualTo(model.hardware().memory());
    assertThat(made.bootOrder()).isEqualTo(model.bootOrder());
    assertThat(made.nics()).hasSameSizeAs(model.nics());
    assertThat(made.nics().get(0).mac()).isNotEqualTo(model.nics().get(0).mac()).isNotBlank();
    assertThat(made.nics().get(0).profile()).isEqualTo(model.nics().get(0).profile());
    assertThat(made.disk(disk)).isPresent();
    assertThat(steps().site.sha256(disk)).isEqualTo(ContractSteps.sha256(content));
  }

  @Test
  default void refusesANewVmWhoseNameIsTaken() {
    VmSettings model = steps().settings(steps().site.runningVm());
    VmSettings wanted = named(model, model.name(), withoutMacs(model));

    refuses(ErrorKind.CONFLICT, () -> target().createVm(wanted, "mark-4711", steps().journal));

    steps().sweep();
    assertThat(steps().session().inventory().settings(model.id())).isPresent();
  }

  @Test
  default void refusesANewVmWhoseMacIsInUseAndLeavesNoHalfOfIt() {
    VmSettings model = steps().settings(steps().site.runningVm());
    int before = steps().session().inventory().vms().size();
    VmSettings wanted = named(model, "copy of " + model.name(), model.nics());

    assertThatThrownBy(() -> target().createVm(wanted, "mark-4711", steps().journal))
        .isInstanceOf(StillpointException.class)
        .hasMessageContaining(model.nics().get(0).mac());

    steps().sweep();
    assertThat(steps().session().inventory().vms()).hasSize(before);
  }

  @Test
  default void changesAVmBackToWhatItWas() {
    VmId vm = steps().site.stoppedVm();
    VmSettings before = steps().settings(vm);
    Hardware was = before.hardware();
    Hardware smaller =
        new Hardware(
            1,
            1,
            1,
            was.memory(),
            was.guaranteedMemory(),
            was.maximumMemory(),
            was.firmware(),
            false);
    target().applySettings(vm, with(before, smaller));
    assertThat(steps().settings(vm).hardware().processors()).isEqualTo(1);

    assertThat(target().applySettings(vm, before)).isEmpty();

    VmSettings after = steps().settings(vm);
    assertThat(after.hardware()).isEqualTo(was);
    assertThat(after.description()).isEqualTo(before.description());
    assertThat(after.nics()).isEqualTo(before.nics());
  }

  @Test
  default void saysOfATagThatIsGoneThatItCouldNotBeBroughtBack() {
    VmAttributes wanted =
        new VmAttributes(
            true,
            0,
            Map.of(),
            List.of(new VmAttributes.Named("11111111-1111-1111-1111-111111111111", "gone")),
            List.of(),
            List.of(),
            List.of(),
            "",
            List.of());

    assertThat(target().applyAttributes(steps().site.stoppedVm(), wanted, true))
        .singleElement()
        .satisfies(
            outcome -> {
              assertThat(outcome.what()).contains("gone");
              assertThat(outcome.isRestored()).isFalse();
            });
  }

  private RestoreTarget target() {
    return steps().session().restoreTarget();
  }

  private static void refuses(ErrorKind kind, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StillpointException.class,
            e -> {
              assertThat(e.kind()).as(e.getMessage()).isEqualTo(kind);
              assertThat(e.remedy()).isNotBlank();
            });
  }

  private static List<NicSettings> withoutMacs(VmSettings vm) {
    return vm.nics().stream().map(nic -> nic.withMac("")).toList();
  }

  private static VmSettings named(VmSettings vm, String name, List<NicSettings> nics) {
    return copy(vm, name, vm.hardware(), nics);
  }

  private static VmSettings with(VmSettings vm, Hardware hardware) {
    return copy(vm, vm.name(), hardware, vm.nics());
  }

  private static VmSettings copy(
      VmSettings vm, String name, Hardware hardware, List<NicSettings> nics) {
    return new VmSettings(
        vm.id(),
        name,
        vm.description(),
        vm.comment(),
        vm.power(),
        vm.cluster(),
        hardware,
        vm.bootOrder(),
        vm.operatingSystem(),
        vm.disks(),
        nics,
        vm.nativeDocument(),
        vm.attributes());
  }

  private static DiskSettings preallocated(DiskSettings disk, ByteCount size) {
    return new DiskSettings(
        disk.id(),
        disk.name(),
        size,
        Optional.empty(),
        disk.format(),
        false,
        disk.changeTracking(),
        disk.storage(),
        disk.bus(),
        disk.bootable(),
        disk.active(),
        disk.readOnly(),
        "");
  }
}
