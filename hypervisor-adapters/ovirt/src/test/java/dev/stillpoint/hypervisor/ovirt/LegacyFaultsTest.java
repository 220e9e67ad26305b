package dev.stillpoint.hypervisor.ovirt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.hypervisor.DiskReader;
import dev.stillpoint.hypervisor.Freezing;
import dev.stillpoint.hypervisor.OutsideEffect;
import dev.stillpoint.hypervisor.SnapshotDisk;
import dev.stillpoint.hypervisor.SnapshotRequest;
import dev.stillpoint.hypervisor.VmSnapshot;
import dev.stillpoint.hypervisor.lab.model.LabFaults.Switch;
import dev.stillpoint.model.CheckpointId;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.VmId;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What goes wrong at cluster level 4.6 only, where a backup is the running VM's own. */
class LegacyFaultsTest extends LabTest {

  @BeforeEach
  void setLevel() {
    site.engine.clusterLevel(6);
  }

  @Test
  void readsEverythingWhenTheEngineLosesTheChainByRedefiningIt() throws Exception {
    VmId vm = site.runningVm();
    CheckpointId first = fullBackup(vm);
    faults().turnOnFor(Switch.REDEFINE_FAILS, 1);

    try (VmSnapshot snapshot = take(vm, Optional.of(first))) {
      SnapshotDisk disk = snapshot.disks().get(0);
      assertThat(disk.readMode().incremental()).isFalse();
      assertThat(disk.readMode().reason()).contains("no longer has the checkpoint");
      try (DiskReader reader = snapshot.open(disk.id())) {
        byte[] sum = MessageDigest.getInstance("SHA-256").digest(readAll(reader));
        assertThat(HexFormat.of().formatHex(sum))
            .isEqualTo(site.engine.sha256AtBackup(snapshot.reference(), disk.id().value()));
      }
      snapshot.remove();
      assertThat(site.engine.checkpoints(vm.value()))
          .containsExactly(snapshot.checkpoint().orElseThrow().value());
    }
    assertThat(journal.open()).allMatch(e -> e.kind() == OutsideEffect.Kind.CHECKPOINT);
    assertNothingLeft();
  }

  @Test
  void refusesABackupWhoseGuestMustBeAtRestAndIsNot() {
    SnapshotRequest like = request(site.runningVm(), Optional.empty());
    SnapshotRequest strict =
        new SnapshotRequest(
            like.request(),
            like.vm(),
            like.disks(),
            like.since(),
            Freezing.REQUIRE,
            like.description());
    faults().turnOn(Switch.FREEZE_FAILS);

    StillpointException e =
        fails(
            ErrorKind.HYPERVISOR_REFUSED, () -> session.snapshots().take(strict, journal).close());

    assertThat(e).hasMessageContaining("VM web01").hasMessageContaining("failed");
    assertThat(journal.open()).isEmpty();
    assertThat(site.engine.checkpoints(site.runningVm().value())).isEmpty();
    assertNothingLeft();
  }
}
