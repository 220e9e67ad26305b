package dev.stillpoint.hypervisor.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillpoint.hypervisor.DiskWriter;
import dev.stillpoint.hypervisor.DriveContent;
import dev.stillpoint.hypervisor.MediaDrive;
import dev.stillpoint.hypervisor.MediaDrive.Moment;
import dev.stillpoint.hypervisor.Medium;
import dev.stillpoint.hypervisor.OutsideEffect;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.DiskId;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.VmId;
import java.nio.ByteBuffer;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every adapter must do with CD drives. */
interface DriveContract {

  ContractSteps steps();

  @Test
  default void showsAnImageNowOrFromTheNextStartOn() {
    VmId vm = steps().site.runningVm();
    String iso = image("tools.iso", 100_000).value();

    drives().insert(vm, iso, Moment.NOW);
    DriveContent now = drives().content(vm);
    assertThat(now.running()).isTrue();
    assertThat(now.now()).map(Medium::reference).contains(iso);
    assertThat(now.now()).map(Medium::name).contains("tools.iso");
    assertThat(now.nextStart()).isEmpty();

    drives().insert(vm, iso, Moment.NEXT_START);
    drives().eject(vm, Moment.NOW);
    DriveContent next = drives().content(vm);
    assertThat(next.now()).isEmpty();
    assertThat(next.nextStart()).map(Medium::reference).contains(iso);

    drives().eject(vm, Moment.NEXT_START);
    drives().eject(vm, Moment.NEXT_START);
    assertThat(drives().content(vm).nextStart()).isEmpty();
  }

  @Test
  default void changesTheDriveOfAStoppedVmForItsNextStartOnly() {
    VmId vm = steps().site.stoppedVm();
    String iso = image("tools.iso", 4096).value();

    assertThatThrownBy(() -> drives().insert(vm, iso, Moment.NOW))
        .isInstanceOfSatisfying(
            StillpointException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CONFLICT));
    drives().insert(vm, iso, Moment.NEXT_START);

    DriveContent content = drives().content(vm);
    assertThat(content.running()).isFalse();
    assertThat(content.now()).isEmpty();
    assertThat(content.nextStart()).map(Medium::reference).contains(iso);
  }

  @Test
  default void keepsAnImageAsLongAsADriveHoldsIt() {
    VmId vm = steps().site.runningVm();
    DiskId iso = image("tools.iso", 4096);
    OutsideEffect media =
        new OutsideEffect(OutsideEffect.Kind.MEDIA, iso.value(), Map.of("name", "tools.iso"));
    for (Moment moment : Moment.values()) {
      drives().insert(vm, iso.value(), moment);
      assertThatThrownBy(() -> steps().session().release(media))
          .isInstanceOfSatisfying(
              StillpointException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CONFLICT));
      drives().eject(vm, moment);
    }
    assertThat(drives().canReach(vm, iso)).isTrue();

    assertThat(steps().session().release(media)).isEmpty();

    assertThat(steps().site.exists(iso)).isFalse();
    assertThat(drives().canReach(vm, iso)).isFalse();
    assertThat(steps().session().release(media)).as("released twice").isEmpty();
    steps().assertNothingLeft();
  }

  @Test
  default void leavesNothingOfAnImageThatWasNotFinished() {
    DiskWriter abandoned =
        drives()
            .createIso(
                steps().site.runningVm(), "half.iso", ByteCount.ofBytes(9999), steps().journal);
    abandoned.write(0, ByteBuffer.wrap(steps().bytes(4096)));

    steps().sweep();

    assertThat(steps().site.exists(abandoned.disk())).isFalse();
    steps().assertNothingLeft();
  }

  @Test
  default void knowsNoDriveOfAnUnknownVm() {
    assertThatThrownBy(() -> drives().content(new VmId("11111111-1111-1111-1111-111111111111")))
        .isInstanceOfSatisfying(
            StillpointException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.NOT_FOUND));
  }

  private DiskId image(String name, int size) {
    try (DiskWriter writer =
        drives()
            .createIso(steps().site.runningVm(), name, ByteCount.ofBytes(size), steps().journal)) {
      writer.write(0, ByteBuffer.wrap(steps().bytes(size)));
      writer.finish();
      return writer.disk();
    }
  }

  private MediaDrive drives() {
    return steps().session().mediaDrive();
  }
}
