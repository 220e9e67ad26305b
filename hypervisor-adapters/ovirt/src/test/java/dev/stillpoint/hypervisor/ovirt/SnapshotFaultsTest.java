package dev.stillpoint.hypervisor.ovirt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.hypervisor.DiskReader;
import dev.stillpoint.hypervisor.OutsideEffect;
import dev.stillpoint.hypervisor.SiteSession;
import dev.stillpoint.hypervisor.VmSnapshot;
import dev.stillpoint.hypervisor.lab.model.LabFaults.Switch;
import dev.stillpoint.model.CheckpointId;
import dev.stillpoint.model.DiskId;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.VmId;
import dev.stillpoint.model.Waiter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Backups that go wrong in the ways that engines and hosts have. */
class SnapshotFaultsTest extends LabTest {

  @Test
  void reportsABackupThatFailsAndLeavesNothing() {
    faults().turnOn(Switch.BACKUP_FAILS);

    StillpointException e =
        fails(ErrorKind.HYPERVISOR_REFUSED, () -> take(site.runningVm(), Optional.empty()).close());

    assertThat(e).hasMessageContaining("VM web01").hasMessageContaining("failed");
    assertThat(journal.open()).isEmpty();
    assertNothingLeft();
  }

  @Test
  void takesTheBackupAgainInFullWhenTheBitmapIsMissing() throws Exception {
    VmId vm = site.runningVm();
    CheckpointId first = fullBackup(vm);
    faults().turnOnFor(Switch.BITMAP_MISSING, 1);

    String disk = site.engine.diskIds(vm.value()).get(0);
    try (VmSnapshot snapshot = take(vm, Optional.of(first))) {
      assertThat(snapshot.disks().get(0).readMode().incremental()).isFalse();
      assertThat(snapshot.disks().get(0).readMode().reason()).contains("web01_sys");
      try (DiskReader reader = snapshot.open(new DiskId(disk))) {
        assertThat(sha256(readAll(reader)))
            .isEqualTo(site.engine.sha256AtBackup(snapshot.reference(), disk));
      }
      snapshot.remove();
      assertThat(site.engine.checkpoints(vm.value()))
          .as("the checkpoint of the useless backup is gone")
          .containsExactly(first.value(), snapshot.checkpoint().orElseThrow().value());
    }
    assertThat(journal.open()).allMatch(e -> e.kind() == OutsideEffect.Kind.CHECKPOINT);
    assertNothingLeft();
  }

  @Test
  void readsInFullWhenTheHostCannotTellWhatChanged() {
    VmId vm = site.runningVm();
    CheckpointId first = fullBackup(vm);
    faults().turnOn(Switch.DIRTY_404);

    try (VmSnapshot snapshot = take(vm, Optional.of(first));
        DiskReader reader = snapshot.open(snapshot.disks().get(0).id())) {
      assertThat(snapshot.disks().get(0).readMode().incremental()).isTrue();
      assertThat(reader.readMode().incremental()).isFalse();
      assertThat(reader.readMode().reason()).isNotBlank();
    }
    assertNothingLeft();
  }

  @Test
  void readsTheDisksOfOneVmIncrementallyEachByItself() {
    VmId vm = site.vm("db01");
    CheckpointId first = fullBackup(vm);
    site.engine.guests().burst(vm.value(), 200_000);

    try (VmSnapshot snapshot = take(vm, Optional.of(first))) {
      assertThat(snapshot.disks()).hasSize(2).allMatch(d -> d.readMode().incremental());
      snapshot.remove();
    }
    assertNothingLeft();
    assertThat(journal.open(OutsideEffect.Kind.TRANSFER)).isEmpty();
  }

  @Test
  void stopsReadingWhenTheEngineEndsTheTransfer() {
    faults().turnOnAfter(Switch.IMAGEIO_403_AFTER, 1 << 20, Integer.MAX_VALUE);

    try (VmSnapshot snapshot = take(site.runningVm(), Optional.empty());
        DiskReader reader = snapshot.open(snapshot.disks().get(0).id())) {
      StillpointException e = fails(ErrorKind.HYPERVISOR_REFUSED, () -> readInPieces(reader));
      assertThat(e).hasMessageContaining("web01_sys").hasMessageContaining("ended the transfer");
    }
    assertNothingLeft();
  }

  @Test
  void takesATransferUpAgainThatItsHostForgot() throws Exception {
    String disk = site.engine.diskIds(site.runningVm().value()).get(0);
    try (VmSnapshot snapshot = take(site.runningVm(), Optional.empty())) {
      try (DiskReader reader = snapshot.open(new DiskId(disk))) {
        faults().turnOnAfter(Switch.IMAGEIO_403_AFTER, 1 << 20, 1);
        while (faults().isOn(Switch.IMAGEIO_403_AFTER)) {
          reader.read(0, ByteBuffer.allocate(1 << 20));
        }

        assertThat(sha256(readPieces(reader)))
            .isEqualTo(site.engine.sha256AtBackup(snapshot.reference(), disk));
      }
      assertThat(journal.open(OutsideEffect.Kind.TRANSFER)).isEmpty();
      snapshot.remove();
    }
    assertNothingLeft();
  }

  @Test
  void readsOnWhenTheHostOfAStoppedVmRestarts() throws Exception {
    String disk = site.engine.diskIds(site.stoppedVm().value()).get(0);
    try (SiteSession here = regaining(true);
        VmSnapshot snapshot =
            here.snapshots().take(request(site.stoppedVm(), Optional.empty()), journal);
        DiskReader reader = snapshot.open(new DiskId(disk))) {
      reader.read(0, ByteBuffer.allocate(1 << 20));
      loseHost();

      assertThat(sha256(readPieces(reader)))
          .isEqualTo(site.engine.sha256AtBackup(snapshot.reference(), disk));
    }
    assertNothingLeft();
  }

  @Test
  void takesATransferUpOnceForManyThreads() throws Exception {
    String disk = site.engine.diskIds(site.runningVm().value()).get(0);
    try (VmSnapshot snapshot = take(site.runningVm(), Optional.empty());
        DiskReader reader = snapshot.open(new DiskId(disk))) {
      byte[] image = new byte[Math.toIntExact(reader.size().bytes())];
      faults().turnOnAfter(Switch.IMAGEIO_403_AFTER, 1 << 20, 1);
      ExecutorService threads = Executors.newFixedThreadPool(4);
      try {
        List<Callable<Boolean>> pieces = new ArrayList<>();
        for (int at = 0; at < image.length; at += 1 << 20) {
          ByteBuffer piece = ByteBuffer.wrap(image, at, Math.min(1 << 20, image.length - at));
          long offset = at;
          pieces.add(
              () -> {
                reader.read(offset, piece);
                return true;
              });
        }
        for (Future<Boolean> piece : threads.invokeAll(pieces)) {
          piece.get();
        }
      } finally {
        threads.shutdownNow();
      }
      assertThat(sha256(image)).isEqualTo(site.engine.sha256AtBackup(snapshot.reference(), disk));
    }
    assertNothingLeft();
  }

  private static byte[] readPieces(DiskReader reader) {
    byte[] image = new byte[Math.toIntExact(reader.size().bytes())];
    for (int at = 0; at < image.length; at += 1 << 20) {
      reader.read(at, ByteBuffer.wrap(image, at, Math.min(1 << 20, image.length - at)));
    }
    return image;
  }

  @Test
  void readsOnWhenAConnectionBreaksInTheMiddleOfARange() throws Exception {
    VmId vm = site.runningVm();
    String disk = site.engine.diskIds(vm.value()).get(0);
    try (VmSnapshot snapshot = take(vm, Optional.empty());
        DiskReader reader = snapshot.open(new DiskId(disk))) {
      faults().turnOnAfter(Switch.IMAGEIO_DROP_AFTER, 100_000, 2);

      assertThat(sha256(readAll(reader)))
          .isEqualTo(site.engine.sha256AtBackup(snapshot.reference(), disk));
    }
  }

  @Test
  void givesUpWhenEveryConnectionBreaks() {
    losePatience();
    try (VmSnapshot snapshot = take(site.runningVm(), Optional.empty());
        DiskReader reader = snapshot.open(snapshot.disks().get(0).id())) {
      faults().turnOnAfter(Switch.IMAGEIO_DROP_AFTER, 1000, Integer.MAX_VALUE);

      fails(ErrorKind.HYPERVISOR_UNAVAILABLE, () -> readInPieces(reader));
    }
    assertNothingLeft();
  }

  @Test
  void givesUpOnASilentHostWithinItsTimeOut() {
    losePatience();
    try (VmSnapshot snapshot = take(site.runningVm(), Optional.empty());
        DiskReader reader = snapshot.open(snapshot.disks().get(0).id())) {
      faults().turnOn(Switch.IMAGEIO_SILENT);
      Instant before = Instant.now();

      StillpointException e =
          fails(ErrorKind.HYPERVISOR_UNAVAILABLE, () -> reader.read(0, ByteBuffer.allocate(4096)));

      assertThat(e).hasMessageContaining("imageio").hasMessageContaining("within 2 s");
      assertThat(Duration.between(before, Instant.now()))
          .as("its answer was awaited once, and then that it is back, for so long as is configured")
          .isLessThan(Duration.ofSeconds(30));
    }
    assertNothingLeft();
  }

  @Test
  void readsOnWhenAHostThatFellSilentAnswersAgain() throws Exception {
    losePatience();
    String disk = site.engine.diskIds(site.runningVm().value()).get(0);
    try (VmSnapshot snapshot = take(site.runningVm(), Optional.empty());
        DiskReader reader = snapshot.open(new DiskId(disk))) {
      faults().turnOnFor(Switch.IMAGEIO_SILENT, 1);

      assertThat(sha256(readPieces(reader)))
          .isEqualTo(site.engine.sha256AtBackup(snapshot.reference(), disk));
      assertThat(faults().isOn(Switch.IMAGEIO_SILENT)).as("it fell silent").isFalse();
    }
    assertThat(journal.open(OutsideEffect.Kind.TRANSFER)).isEmpty();
    assertNothingLeft();
  }

  @Test
  void readsThroughTheProxyWhereTheHostsNameIsUnknownHere() throws Exception {
    String disk = site.engine.diskIds(site.runningVm().value()).get(0);
    faults().turnOn(Switch.HOST_UNRESOLVABLE);
    try (VmSnapshot snapshot = take(site.runningVm(), Optional.empty());
        DiskReader reader = snapshot.open(new DiskId(disk))) {
      assertThat(sha256(readAll(reader)))
          .isEqualTo(site.engine.sha256AtBackup(snapshot.reference(), disk));
    }
    assertNothingLeft();
  }

  @Test
  void endsTheTransferWhenTheHostIsSilentFromTheBeginning() {
    losePatience();
    VmId vm = site.runningVm();
    try (VmSnapshot snapshot = take(vm, Optional.empty())) {
      faults().turnOn(Switch.IMAGEIO_SILENT);
      fails(
          ErrorKind.HYPERVISOR_UNAVAILABLE,
          () -> snapshot.open(snapshot.disks().get(0).id()).close());
      faults().clear();
      assertThat(journal.open(OutsideEffect.Kind.TRANSFER)).isEmpty();
    }
    assertNothingLeft();
  }

  @Test
  void takesABackupRecordThatIsGoneAsEnded() {
    try (VmSnapshot snapshot = take(site.runningVm(), Optional.empty())) {
      faults().turnOn(Switch.BACKUP_RECORD_GONE);
      snapshot.remove();
    }
    assertThat(journal.open(OutsideEffect.Kind.SNAPSHOT)).isEmpty();
  }

  @Test
  void warnsOfASnapshotThatCouldNotBeMergedAndDeletesItLater() {
    VmId vm = site.runningVm();
    try (VmSnapshot snapshot = take(vm, Optional.empty())) {
      faults().turnOnFor(Switch.MERGE_FAILS, 2);
      StillpointException e = fails(ErrorKind.HYPERVISOR_REFUSED, snapshot::remove);
      assertThat(e).hasMessageContaining("automatic snapshot").hasMessageContaining("VM web01");
    }
    OutsideEffect left = journal.open(OutsideEffect.Kind.SNAPSHOT).get(0);
    assertThat(journal.open(OutsideEffect.Kind.SNAPSHOT)).as("the backup has ended").hasSize(1);

    StillpointException again = fails(ErrorKind.HYPERVISOR_REFUSED, () -> session.release(left));
    assertThat(again).hasMessageContaining("could not be merged");
    assertThat(again.remedy()).contains("Auto-generated for Backup VM");
    assertThat(site.engine.snapshots(vm.value())).hasSize(1);

    session.release(left);
    assertThat(site.engine.snapshots(vm.value())).isEmpty();
    assertThat(session.release(left)).as("also when it is gone").isEmpty();
    assertNothingLeft();
  }

  @Test
  void deletesTheAutomaticSnapshotOfABackupWhoseRecordIsGone() {
    VmId vm = site.runningVm();
    try (VmSnapshot snapshot = take(vm, Optional.empty())) {
      faults().turnOnFor(Switch.MERGE_FAILS, 1);
      faults().turnOnFor(Switch.BACKUP_RECORD_GONE, 1);
      fails(ErrorKind.HYPERVISOR_REFUSED, snapshot::remove);
    }
    assertThat(site.engine.snapshots(vm.value())).hasSize(1);
    sweep();
    assertThat(site.engine.snapshots(vm.value())).isEmpty();
  }

  @Test
  void touchesNoAutomaticSnapshotOfOthers() {
    VmId vm = site.runningVm();
    site.engine.makeSnapshot(vm.value(), "Auto-generated for Backup VM");
    fullBackup(vm);
    sweep();
    assertThat(site.engine.snapshots(vm.value())).hasSize(1);
  }

  @Test
  void waitsInVainForABackupInAPhaseNobodyKnows() {
    losePatience();
    faults().turnOn(Switch.UNKNOWN_PHASE);

    StillpointException e =
        fails(ErrorKind.HYPERVISOR_REFUSED, () -> take(site.runningVm(), Optional.empty()).close());

    assertThat(e).hasMessageContaining("Waited 4 s");
    assertThat(journal.open(OutsideEffect.Kind.SNAPSHOT)).hasSize(1);
    sweep();
    assertNothingLeft();
  }

  @Test
  void findsTheBackupWhoseStartWasNeverAnswered() throws IOException {
    try (LossyProxy proxy = new LossyProxy(site.engine.engineUrl());
        SiteSession lossy = connect(at(proxy.apiUrl()))) {
      proxy.loseNextAnswerTo("POST", "/backups");
      try (VmSnapshot snapshot =
          lossy.snapshots().take(request(site.runningVm(), Optional.empty()), journal)) {
        assertThat(snapshot.disks()).hasSize(1);
      }
    }
    assertThat(journal.open(OutsideEffect.Kind.SNAPSHOT)).isEmpty();
    assertNothingLeft();
  }

  @Test
  void endsTheTransferWhoseStartWasNeverAnswered() throws IOException {
    try (LossyProxy proxy = new LossyProxy(site.engine.engineUrl());
        SiteSession lossy = connect(at(proxy.apiUrl()))) {
      VmSnapshot snapshot =
          lossy.snapshots().take(request(site.runningVm(), Optional.empty()), journal);
      proxy.loseNextAnswerTo("POST", "/imagetransfers");
      fails(
          ErrorKind.HYPERVISOR_UNAVAILABLE,
          () -> snapshot.open(snapshot.disks().get(0).id()).close());

      snapshot.remove();
    }
    assertThat(journal.open()).allMatch(e -> e.kind() == OutsideEffect.Kind.CHECKPOINT);
    assertNothingLeft();
  }

  @Test
  void releasesASnapshotThatIsStillStarting() {
    Waiter killed =
        duration -> {
          throw new StillpointException(ErrorKind.CANCELLED, "killed while waiting", "Start again");
        };
    site.engine.hold();
    try (SiteSession dying = connect(killed)) {
      fails(
          ErrorKind.CANCELLED,
          () ->
              dying.snapshots().take(request(site.runningVm(), Optional.empty()), journal).close());
    }
    assertThat(site.leftovers()).isNotEmpty();
    site.engine.goOn();

    sweep();

    assertThat(site.engine.checkpoints(site.runningVm().value())).isEmpty();
    assertNothingLeft();
  }

  private static void readInPieces(DiskReader reader) {
    for (long at = 0; at < reader.size().bytes(); at += 1 << 20) {
      reader.read(at, ByteBuffer.allocate(1 << 20));
    }
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
