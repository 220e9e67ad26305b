package dev.stillpoint.hypervisor.ovirt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.hypervisor.DiskWriter;
import dev.stillpoint.hypervisor.MediaDrive.Moment;
import dev.stillpoint.hypervisor.Medium;
import dev.stillpoint.hypervisor.OutsideEffect;
import dev.stillpoint.hypervisor.SiteSession;
import dev.stillpoint.hypervisor.StorageSpace;
import dev.stillpoint.hypervisor.lab.model.LabFaults.Switch;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.DiskId;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.VmId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** CD drives when the engine, its storage or a guest does not play along. */
final class MediaDriveTest extends LabTest {

  @Test
  void anImageIsWholeBlocksOnADataDomain() {
    VmId vm = site.runningVm();
    DiskId iso = image("Windows 10 (x64).ISO", 1000);

    session.mediaDrive().insert(vm, iso.value(), Moment.NOW);

    assertThat(session.mediaDrive().content(vm).now())
        .contains(new Medium(iso.value(), "Windows-10-x64.iso"));
    assertThat(site.sha256(iso)).isNotEmpty();
    assertNothingLeft();
  }

  @Test
  void aTrayThatTheGuestHoldsIsSaidSoAndTheChangeCanBeRepeated() {
    VmId vm = site.runningVm();
    session.mediaDrive().insert(vm, image("a.iso", 512).value(), Moment.NOW);
    faults().turnOn(Switch.TRAY_LOCKED);

    StillpointException held =
        fails(ErrorKind.CONFLICT, () -> session.mediaDrive().eject(vm, Moment.NOW));

    assertThat(held).hasMessageContaining("web01").hasMessageContaining("holds the tray");
    assertThat(held.remedy()).contains("Unmount");
    faults().clear();
    session.mediaDrive().eject(vm, Moment.NOW);
    assertThat(session.mediaDrive().content(vm).now()).isEmpty();
  }

  @Test
  void aVmThatIsOffIsNamedWithTheEnginesReason() {
    StillpointException off =
        fails(
            ErrorKind.CONFLICT,
            () ->
                session
                    .mediaDrive()
                    .insert(site.stoppedVm(), image("a.iso", 512).value(), Moment.NOW));

    assertThat(off).hasMessageContaining("files01").hasMessageContaining("Down status");
  }

  @Test
  void filesAreChosenBeforeBlocksThoughThereIsMoreRoomOnThese() throws IOException {
    try (LossyProxy proxy = new LossyProxy(site.engine.engineUrl());
        SiteSession behind = connect(at(proxy.apiUrl()))) {
      for (String blocks : List.of("data1", "data2")) {
        proxy.rewrite(
            answer ->
                answer.replaceAll("(/exports/" + blocks + "</path>\\s*<type>)nfs", "$1iscsi"));
        assertThat(behind.inventory().storages())
            .filteredOn(StorageSpace::onBlocks)
            .extracting(StorageSpace::name)
            .containsExactly(blocks);
        try (DiskWriter writer =
            behind
                .mediaDrive()
                .createIso(site.runningVm(), "a.iso", ByteCount.ofBytes(512), journal)) {
          String domain =
              session.inventory().storages().stream()
                  .filter(storage -> !storage.name().equals(blocks))
                  .map(StorageSpace::id)
                  .findFirst()
                  .orElseThrow();
          assertThat(site.engine.domainOf(writer.disk().value())).isEqualTo(domain);
        }
      }
    }
    sweep();
    assertNothingLeft();
  }

  @Test
  void storagesWithoutRoomAreNamedBeforeAnythingIsMade() {
    faults().turnOn(Switch.DOMAIN_FULL);

    StillpointException full = fails(ErrorKind.OUT_OF_SPACE, () -> image("a.iso", 512));

    assertThat(full).hasMessageContaining("data1").hasMessageContaining("512 B");
    assertThat(journal.intended()).isEmpty();
  }

  @Test
  void anUploadThatBreaksLeavesNothing() {
    faults().turnOn(Switch.IMAGEIO_403_AFTER);

    fails(ErrorKind.HYPERVISOR_REFUSED, () -> image("a.iso", 1 << 20));

    sweep();
    assertNothingLeft();
  }

  @Test
  void anImageThatSomebodyElsePutIntoAnotherDriveIsNotDeleted() {
    DiskId iso = image("a.iso", 512);
    session.mediaDrive().insert(site.vm("db01"), iso.value(), Moment.NOW);

    StillpointException used =
        fails(
            ErrorKind.CONFLICT,
            () ->
                session.release(
                    new OutsideEffect(OutsideEffect.Kind.MEDIA, iso.value(), Map.of())));

    assertThat(used).hasMessageContaining("db01");
    site.engine.power(site.vm("db01").value(), false);
    session.release(new OutsideEffect(OutsideEffect.Kind.MEDIA, iso.value(), Map.of()));
    assertThat(site.exists(iso)).isFalse();
  }

  private DiskId image(String name, int size) {
    try (DiskWriter writer =
        session.mediaDrive().createIso(site.runningVm(), name, ByteCount.ofBytes(size), journal)) {
      writer.write(0, ByteBuffer.allocate(size));
      writer.finish();
      return writer.disk();
    }
  }
}
