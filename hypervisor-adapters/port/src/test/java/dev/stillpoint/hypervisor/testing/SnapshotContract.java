package dev.stillpoint.hypervisor.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillpoint.hypervisor.DiskReader;
import dev.stillpoint.hypervisor.DiskSettings;
import dev.stillpoint.hypervisor.Freezing;
import dev.stillpoint.hypervisor.OutsideEffect;
import dev.stillpoint.hypervisor.SnapshotDisk;
import dev.stillpoint.hypervisor.SnapshotRequest;
import dev.stillpoint.hypervisor.VmSnapshot;
import dev.stillpoint.model.CheckpointId;
import dev.stillpoint.model.DiskId;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.VmId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every adapter's snapshots must do. */
interface SnapshotContract {

  ContractSteps steps();

  @Test
  default void readsExactlyTheBytesOfThatInstantWhileTheGuestWrites() {
    VmId vm = steps().site.runningVm();
    DiskSettings disk = steps().trackedDisk(vm);
    byte[] image = ContractSteps.emptyImage(disk);
    String reference;
    try (VmSnapshot snapshot = steps().take(vm, Optional.empty())) {
      reference = snapshot.reference();
      steps().site.write(disk.id(), 0, steps().bytes(200_000));
      try (DiskReader reader = snapshot.open(disk.id())) {
        steps().site.write(disk.id(), 1 << 20, steps().bytes(200_000));
        steps().read(reader, image);
        assertThat(reader.readMode().incremental()).isFalse();
        assertThat(reader.readMode().reason()).isNotBlank();
      }
      snapshot.remove();
    }

    String then = steps().site.sha256AtSnapshot(reference, disk.id());
    assertThat(ContractSteps.sha256(image)).isEqualTo(then);
    assertThat(steps().site.sha256(disk.id())).as("the guest did write").isNotEqualTo(then);
    steps().assertNothingLeft();
  }

  @Test
  default void readsOnlyWhatChangedSinceTheCheckpoint() {
    VmId vm = steps().site.runningVm();
    DiskSettings disk = steps().trackedDisk(vm);
    byte[] image = ContractSteps.emptyImage(disk);
    CheckpointId checkpoint = backUp(vm, Optional.empty(), disk.id(), image);
    steps().site.write(disk.id(), 1 << 20, steps().bytes(100_000));

    String reference;
    long fetched;
    try (VmSnapshot snapshot = steps().take(vm, Optional.of(checkpoint))) {
      reference = snapshot.reference();
      assertThat(mode(snapshot, disk.id()).readMode().incremental()).isTrue();
      fetched = steps().read(snapshot, disk.id(), image);
    }

    assertThat(ContractSteps.sha256(image))
        .isEqualTo(steps().site.sha256AtSnapshot(reference, disk.id()));
    assertThat(fetched).isLessThan(disk.size().bytes() / 4);
    steps().assertNothingLeft();
  }

  @Test
  default void readsEverythingWithAReasonWhenTheCheckpointIsUnknown() {
    VmId vm = steps().site.runningVm();
    DiskSettings disk = steps().trackedDisk(vm);
    byte[] image = ContractSteps.emptyImage(disk);
    CheckpointId unknown = new CheckpointId("11111111-1111-1111-1111-111111111111");

    String reference;
    try (VmSnapshot snapshot = steps().take(vm, Optional.of(unknown))) {
      reference = snapshot.reference();
      assertThat(mode(snapshot, disk.id()).readMode().incremental()).isFalse();
      assertThat(mode(snapshot, disk.id()).readMode().reason()).contains("checkpoint");
      steps().read(snapshot, disk.id(), image);
    }

    assertThat(ContractSteps.sha256(image))
        .isEqualTo(steps().site.sha256AtSnapshot(reference, disk.id()));
  }

  @Test
  default void readsRawDisksInFullWithTheReason() {
    steps()
        .site
        .vmWithRawDisk()
        .ifPresent(
            vm -> {
              DiskSettings raw =
                  steps().settings(vm).disks().stream()
                      .filter(d -> !d.changeTracking())
                      .findFirst()
                      .orElseThrow();
              byte[] image = ContractSteps.emptyImage(raw);
              try (VmSnapshot snapshot = steps().take(vm, Optional.empty())) {
                assertThat(mode(snapshot, raw.id()).readMode().reason()).isNotBlank();
                steps().read(snapshot, raw.id(), image);
              }
              assertThat(steps().journal.open(OutsideEffect.Kind.SNAPSHOT)).isEmpty();
            });
  }

  @Test
  default void snapshotsAStoppedVm() {
    VmId vm = steps().site.stoppedVm();
    DiskSettings disk = steps().trackedDisk(vm);
    byte[] image = ContractSteps.emptyImage(disk);

    backUp(vm, Optional.empty(), disk.id(), image);

    assertThat(ContractSteps.sha256(image)).isEqualTo(steps().site.sha256(disk.id()));
  }

  @Test
  default void keepsOnlyTheCheckpointWhenTheSnapshotIsRemoved() {
    VmId vm = steps().site.runningVm();
    VmSnapshot snapshot = steps().take(vm, Optional.empty());
    assertThat(steps().journal.intended().get(0).kind()).isEqualTo(OutsideEffect.Kind.SNAPSHOT);

    snapshot.remove();
    snapshot.remove();
    snapshot.close();

    CheckpointId checkpoint = snapshot.checkpoint().orElseThrow();
    assertThat(steps().journal.open())
        .singleElement()
        .satisfies(
            left -> {
              assertThat(left.kind()).isEqualTo(OutsideEffect.Kind.CHECKPOINT);
              assertThat(left.reference()).isEqualTo(checkpoint.value());
            });
    assertThat(steps().session().snapshots().checkpoints(vm)).containsExactly(checkpoint);
    steps().assertNothingLeft();
  }

  @Test
  default void releasesACheckpointAndNoOther() {
    VmId vm = steps().site.runningVm();
    DiskSettings disk = steps().trackedDisk(vm);
    byte[] image = ContractSteps.emptyImage(disk);
    CheckpointId first = backUp(vm, Optional.empty(), disk.id(), image);
    CheckpointId second = backUp(vm, Optional.of(first), disk.id(), image);

    OutsideEffect oldest = steps().journal.open(OutsideEffect.Kind.CHECKPOINT).get(0);
    assertThat(steps().session().release(oldest)).isEmpty();
    assertThat(steps().session().release(oldest)).isEmpty();

    assertThat(steps().session().snapshots().checkpoints(vm)).containsExactly(second);
  }

  @Test
  default void makesOneSnapshotOfTheSameRequestTwice() {
    SnapshotRequest request = steps().request(steps().site.runningVm(), Optional.empty());
    VmSnapshot first = steps().session().snapshots().take(request, steps().journal);
    VmSnapshot again = steps().session().snapshots().take(request, steps().journal);

    assertThat(again.reference()).isEqualTo(first.reference());
    assertThat(again.time()).isEqualTo(first.time());
    again.remove();
    steps().assertNothingLeft();
  }

  @Test
  default void refusesASecondBackupOfTheSameVm() {
    VmId vm = steps().site.runningVm();
    try (VmSnapshot first = steps().take(vm, Optional.empty())) {
      int open = steps().journal.open().size();

      assertThatThrownBy(() -> steps().take(vm, Optional.empty()))
          .isInstanceOf(StillpointException.class)
          .extracting(e -> ((StillpointException) e).kind())
          .isEqualTo(ErrorKind.CONFLICT);

      assertThat(steps().journal.open()).hasSize(open);
      DiskSettings disk = steps().trackedDisk(vm);
      steps().read(first, disk.id(), ContractSteps.emptyImage(disk));
    }
    steps().assertNothingLeft();
  }

  @Test
  default void refusesASnapshotOfAnUnknownVm() {
    VmId unknown = new VmId("11111111-1111-1111-1111-111111111111");
    DiskId disk = steps().trackedDisk(steps().site.runningVm()).id();
    SnapshotRequest request =
        new SnapshotRequest(
            UUID.randomUUID(), unknown, List.of(disk), Optional.empty(), Freezing.NONE, "test");

    assertThatThrownBy(() -> steps().session().snapshots().take(request, steps().journal))
        .isInstanceOf(StillpointException.class)
        .extracting(e -> ((StillpointException) e).kind())
        .isEqualTo(ErrorKind.NOT_FOUND);
    assertThat(steps().journal.open()).isEmpty();
  }

  @Test
  default void refusesToOpenADiskThatIsNotOfTheSnapshot() {
    try (VmSnapshot snapshot = steps().take(steps().site.runningVm(), Optional.empty())) {
      DiskId other = new DiskId("11111111-1111-1111-1111-111111111111");

      assertThatThrownBy(() -> snapshot.open(other))
          .isInstanceOf(StillpointException.class)
          .extracting(e -> ((StillpointException) e).kind())
          .isEqualTo(ErrorKind.NOT_FOUND);
    }
  }

  private CheckpointId backUp(VmId vm, Optional<CheckpointId> since, DiskId disk, byte[] image) {
    try (VmSnapshot snapshot = steps().take(vm, since)) {
      steps().read(snapshot, disk, image);
      snapshot.remove();
      return snapshot.checkpoint().orElseThrow();
    }
  }

  private static SnapshotDisk mode(VmSnapshot snapshot, DiskId disk) {
    return snapshot.disks().stream().filter(d -> d.id().equals(disk)).findFirst().orElseThrow();
  }
}
