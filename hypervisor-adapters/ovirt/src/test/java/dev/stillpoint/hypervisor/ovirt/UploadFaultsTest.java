package dev.stillpoint.hypervisor.ovirt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.hypervisor.DiskSettings;
import dev.stillpoint.hypervisor.DiskWriter;
import dev.stillpoint.hypervisor.OutsideEffect;
import dev.stillpoint.hypervisor.SiteSession;
import dev.stillpoint.hypervisor.VmSnapshot;
import dev.stillpoint.hypervisor.lab.model.LabFaults.Switch;
import dev.stillpoint.model.DiskId;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Uploads whose host or engine does not do what is usual. */
class UploadFaultsTest extends LabTest {

  @Test
  void writesOnWhenAHostThatFellSilentAnswersAgainAndSaysSo() {
    losePatience();
    DiskSettings like = disk(site.stoppedVm());
    DiskId made;
    try (DiskWriter writer = session.restoreTarget().createDisk(like, journal)) {
      faults().turnOnFor(Switch.IMAGEIO_SILENT, 1);
      writeAll(writer, like.size().bytes());
      assertThat(writer.wasInterrupted()).as("what was acknowledged may be lost").isTrue();
      writer.finish();
      made = writer.disk();
    }
    byte[] ones = new byte[(int) like.size().bytes()];
    Arrays.fill(ones, (byte) 1);
    assertThat(site.sha256(made)).isEqualTo(sha256(ones));
  }

  @Test
  void saysThatTheEngineDidNotAcceptAnUploadAndLeavesNothingOfIt() {
    DiskSettings like = disk(site.stoppedVm());
    try (DiskWriter writer = session.restoreTarget().createDisk(like, journal)) {
      writer.write(0, ByteBuffer.allocate(1 << 20));
      faults().turnOnFor(Switch.UPLOAD_DAMAGED, 1);

      StillpointException e = fails(ErrorKind.HYPERVISOR_REFUSED, writer::finish);

      assertThat(e)
          .hasMessageContaining("files01_sys")
          .hasMessageContaining("did not accept the content");
    }
    sweep();
    assertNothingLeft();
  }

  @Test
  void completesAnUploadThatTheEnginePausedForNoReason() throws InterruptedException {
    DiskSettings like = disk(site.stoppedVm());
    DiskId made;
    try (DiskWriter writer = session.restoreTarget().createDisk(like, journal)) {
      faults().turnOnFor(Switch.UPLOAD_PAUSES, 1);
      for (int i = 0; i < 3000 && faults().isOn(Switch.UPLOAD_PAUSES); i++) {
        Thread.sleep(20);
      }
      assertThat(faults().isOn(Switch.UPLOAD_PAUSES)).as("the engine looked at it").isFalse();
      writeAll(writer, like.size().bytes());
      writer.finish();
      made = writer.disk();
    }
    byte[] ones = new byte[(int) like.size().bytes()];
    Arrays.fill(ones, (byte) 1);
    assertThat(site.sha256(made)).isEqualTo(sha256(ones));
    assertThat(journal.open(OutsideEffect.Kind.TRANSFER)).isEmpty();
  }

  @Test
  void asksForTicketsThatMayLieUnusedForAnHour() throws IOException {
    Set<String> limits = ConcurrentHashMap.newKeySet();
    try (LossyProxy proxy = new LossyProxy(site.engine.engineUrl());
        SiteSession through = connect(at(proxy.apiUrl()))) {
      Pattern limit = Pattern.compile("<inactivity_timeout>(\\d+)<");
      proxy.rewrite(
          answer -> {
            limit.matcher(answer).results().forEach(found -> limits.add(found.group(1)));
            return answer;
          });
      through.restoreTarget().createDisk(disk(site.stoppedVm()), journal).close();
      assertThat(limits).as("of an upload, whose default is a minute").containsExactly("3600");
      limits.clear();
      try (VmSnapshot snapshot =
          through.snapshots().take(request(site.runningVm(), Optional.empty()), journal)) {
        snapshot.open(snapshot.disks().get(0).id()).close();
      }
      assertThat(limits).as("of a download").containsExactly("3600");
    }
    sweep();
    assertNothingLeft();
  }

  @Test
  void writesThroughTheProxyWhereTheHostsNameIsUnknownHere() {
    DiskSettings like = disk(site.stoppedVm());
    faults().turnOn(Switch.HOST_UNRESOLVABLE);
    try (DiskWriter writer = session.restoreTarget().createDisk(like, journal)) {
      writer.write(0, ByteBuffer.wrap(new byte[] {1, 2, 3}));
      ByteBuffer back = ByteBuffer.allocate(3);
      writer.readBack(0, back);
      assertThat(back.array()).containsExactly(1, 2, 3);
      writer.finish();
    }
  }

  private static void writeAll(DiskWriter writer, long size) {
    byte[] ones = new byte[1 << 20];
    Arrays.fill(ones, (byte) 1);
    for (long at = 0; at < size; at += ones.length) {
      writer.write(at, ByteBuffer.wrap(ones));
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
