package dev.stillpoint.hypervisor.ovirt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.hypervisor.DiskReader;
import dev.stillpoint.hypervisor.DiskSettings;
import dev.stillpoint.hypervisor.DiskWriter;
import dev.stillpoint.hypervisor.OutsideEffect;
import dev.stillpoint.hypervisor.RestoreTarget.DiskSwap;
import dev.stillpoint.hypervisor.SiteSession;
import dev.stillpoint.hypervisor.SnapshotDisk;
import dev.stillpoint.hypervisor.SnapshotRequest;
import dev.stillpoint.hypervisor.VmSnapshot;
import dev.stillpoint.hypervisor.lab.model.LabFaults.Switch;
import dev.stillpoint.hypervisor.testing.RecordingJournal;
import dev.stillpoint.model.CheckpointId;
import dev.stillpoint.model.DiskId;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.VmId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Doubts about what changed, checkpoints of others, backups that others run. */
class ChangesTest extends LabTest {

  @Test
  void takesTheBackupAgainInFullWhenTheEngineGivesUpTheTransferOfAnIncrementalOne()
      throws IOException, NoSuchAlgorithmException {
    VmId vm = site.runningVm();
    CheckpointId first = fullBackup(vm);
    AtomicInteger looks = new AtomicInteger();
    try (LossyProxy proxy = new LossyProxy(site.engine.engineUrl());
        SiteSession through = connect(at(proxy.apiUrl()))) {
      // The answer to the POST, then the first look at it.
      proxy.rewrite(
          answer ->
              answer.contains("<image_transfer ") && looks.incrementAndGet() <= 2
                  ? answer.replace("<phase>transferring</phase>", "<phase>cancelled_system</phase>")
                  : answer);
      try (VmSnapshot snapshot =
          through.snapshots().take(request(vm, Optional.of(first)), journal)) {
        SnapshotDisk disk = snapshot.disks().get(0);
        assertThat(disk.readMode().incremental()).isFalse();
        assertThat(disk.readMode().reason()).contains("change tracking").contains("web01_sys");
        try (DiskReader reader = snapshot.open(disk.id())) {
          assertThat(sha256(readAll(reader)))
              .isEqualTo(site.engine.sha256AtBackup(snapshot.reference(), disk.id().value()));
        }
        snapshot.remove();
        assertThat(site.engine.checkpoints(vm.value()))
            .containsExactly(first.value(), snapshot.checkpoint().orElseThrow().value());
      }
    }
    assertNothingLeft();
  }

  @Test
  void readsEverythingSinceACheckpointThatIsInvalidAndCanRemoveIt()
      throws IOException, InterruptedException {
    VmId vm = site.runningVm();
    CheckpointId first = fullBackup(vm);
    invalidateCheckpoints(vm);

    assertThat(session.snapshots().checkpoints(vm)).as("of no use to anybody").isEmpty();
    try (VmSnapshot snapshot = take(vm, Optional.of(first))) {
      assertThat(snapshot.disks())
          .allSatisfy(
              disk -> {
                assertThat(disk.readMode().incremental()).isFalse();
                assertThat(disk.readMode().reason()).contains("no longer has the checkpoint");
              });
      snapshot.remove();
      session.release(OutsideEffect.checkpoint(vm, first));
      assertThat(site.engine.checkpoints(vm.value()))
          .containsExactly(snapshot.checkpoint().orElseThrow().value());
    }
    assertNothingLeft();
  }

  private void invalidateCheckpoints(VmId vm) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(site.engine.labUrl() + "vms/" + vm.value() + "/invalidate"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{}"))
            .build();
    int status = HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode();
    assertThat(status).isEqualTo(200);
  }

  @Test
  void saysThatACheckpointStaysWhoseBitmapCannotBeRemovedAndRemovesItLater() {
    losePatience();
    VmId vm = site.runningVm();
    CheckpointId first = fullBackup(vm);
    faults().turnOnFor(Switch.CHECKPOINT_STAYS, 1);

    StillpointException e =
        fails(
            ErrorKind.HYPERVISOR_REFUSED,
            () -> session.release(OutsideEffect.checkpoint(vm, first)));

    assertThat(e).hasMessageContaining("checkpoint " + first).hasMessageContaining("VM " + vm);
    assertThat(session.snapshots().checkpoints(vm)).as("it is invalid").isEmpty();
    session.release(OutsideEffect.checkpoint(vm, first));
    assertThat(site.engine.checkpoints(vm.value())).isEmpty();
  }

  @Test
  void sharesTheChainWithAnotherProductAndLeavesItsCheckpointsAlone() {
    VmId vm = site.runningVm();
    CheckpointId ours = fullBackup(vm);
    site.engine.guests().burst(vm.value(), 100_000);
    CheckpointId theirs = backupByAnother(vm, Optional.empty());
    site.engine.guests().burst(vm.value(), 100_000);

    VmSnapshot snapshot = take(vm, Optional.of(ours));
    assertThat(snapshot.disks()).allMatch(disk -> disk.readMode().incremental());
    snapshot.remove();
    CheckpointId next = snapshot.checkpoint().orElseThrow();
    session.release(Effects.checkpoint(VmRef.of(vm.value()), ours));

    assertThat(site.engine.checkpoints(vm.value())).containsExactly(theirs.value(), next.value());
    CheckpointId theirNext = backupByAnother(vm, Optional.of(theirs));
    assertThat(take(vm, Optional.of(next)).disks())
        .as("theirs is between ours, and does no harm")
        .allMatch(disk -> disk.readMode().incremental());
    sweepOurs();
    assertThat(site.engine.checkpoints(vm.value())).contains(theirs.value(), theirNext.value());
  }

  private static String sha256(byte[] bytes) throws NoSuchAlgorithmException {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private void sweepOurs() {
    journal.open().stream()
        .filter(effect -> effect.kind() != OutsideEffect.Kind.CHECKPOINT)
        .forEach(session::release);
    assertNothingLeft();
  }

  private CheckpointId backupByAnother(VmId vm, Optional<CheckpointId> since) {
    try (VmSnapshot snapshot =
        session.snapshots().take(request(vm, since), new RecordingJournal())) {
      snapshot.remove();
      return snapshot.checkpoint().orElseThrow();
    }
  }

  @Test
  void readsEverythingWhenAnotherProductTookTheWholeChainAway() {
    VmId vm = site.runningVm();
    CheckpointId ours = fullBackup(vm);
    session.release(Effects.checkpoint(VmRef.of(vm.value()), ours));

    try (VmSnapshot snapshot = take(vm, Optional.of(ours))) {
      assertThat(snapshot.disks())
          .allSatisfy(
              disk ->
                  assertThat(disk.readMode().reason())
                      .isEqualTo("the engine no longer has the checkpoint of the last backup"));
    }
    assertNothingLeft();
  }

  @Test
  void saysThatAForgottenBackupLostItsCheckpoint() throws IOException {
    VmId vm = site.runningVm();
    try (LossyProxy proxy = new LossyProxy(site.engine.engineUrl());
        SiteSession through = connect(at(proxy.apiUrl()));
        VmSnapshot snapshot = through.snapshots().take(request(vm, Optional.empty()), journal)) {
      faults().turnOn(Switch.BACKUP_RECORD_GONE);
      String checkpoint = snapshot.checkpoint().orElseThrow().value();
      proxy.rewrite(answer -> answer.replace(checkpoint, "11111111-1111-1111-1111-111111111111"));
      snapshot.remove();
      assertThat(snapshot.notes())
          .singleElement()
          .asString()
          .contains("VM web01")
          .contains("the next backup reads everything");
    }
    assertNothingLeft();
  }

  @Test
  void exchangesNoDiskWhileABackupOfTheVmRuns() {
    VmId vm = site.stoppedVm();
    DiskSettings old = disk(vm);
    DiskId made;
    try (VmSnapshot running = take(vm, Optional.empty())) {
      try (DiskWriter writer = session.restoreTarget().createDisk(old, journal)) {
        writer.finish();
        made = writer.disk();
      }
      fails(
          ErrorKind.CONFLICT,
          () -> session.restoreTarget().swapDisks(vm, List.of(new DiskSwap(old, made)), journal));
      assertThat(running.disks()).hasSize(1);
    }
    sweep();
    assertThat(disk(vm)).isEqualTo(old);
    assertNothingLeft();
  }

  @Test
  void takesABackupUnderItsIdForItsOwnThoughTheStartIsRefused() {
    VmId vm = site.runningVm();
    SnapshotRequest request = request(vm, Optional.empty());
    VmSnapshot first = session.snapshots().take(request, journal);

    VmSnapshot again = session.snapshots().take(request, journal);

    assertThat(again.reference()).isEqualTo(first.reference());
    again.remove();
    assertNothingLeft();
  }
}
