package dev.stillpoint.hypervisor.ovirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.stillpoint.hypervisor.DiskReader;
import dev.stillpoint.hypervisor.DiskSettings;
import dev.stillpoint.hypervisor.Extent;
import dev.stillpoint.hypervisor.Freezing;
import dev.stillpoint.hypervisor.OutsideEffect;
import dev.stillpoint.hypervisor.Password;
import dev.stillpoint.hypervisor.SiteAddress;
import dev.stillpoint.hypervisor.SiteSession;
import dev.stillpoint.hypervisor.SiteTimeouts;
import dev.stillpoint.hypervisor.SnapshotRequest;
import dev.stillpoint.hypervisor.VmSnapshot;
import dev.stillpoint.hypervisor.lab.DataPlaneKind;
import dev.stillpoint.hypervisor.lab.LabConfig;
import dev.stillpoint.hypervisor.lab.model.LabFaults;
import dev.stillpoint.hypervisor.lab.qemu.ImageioParts;
import dev.stillpoint.hypervisor.testing.RecordingJournal;
import dev.stillpoint.model.CheckpointId;
import dev.stillpoint.model.DiskId;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.VmId;
import dev.stillpoint.model.Waiter;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What the tests against the lab have in common: a fresh lab, a session, a journal. */
abstract class LabTest {

  /** For what is awaited in vain; everything else must not fail where a machine is slow. */
  static final SiteTimeouts SHORT =
      new SiteTimeouts(
          Duration.ofSeconds(2),
          Duration.ofSeconds(2),
          Duration.ofSeconds(4),
          Duration.ofMillis(10));

  static final SiteTimeouts PATIENT = LabSite.TIMEOUTS;

  @TempDir Path directory;

  private final AtomicBoolean away = new AtomicBoolean();
  final RecordingJournal journal = new RecordingJournal();
  LabSite site;
  SiteSession session;

  @BeforeEach
  void start() {
    site = new LabSite(config());
    session = connect(site.address());
  }

  /** The lab to start; a subclass may have another. */
  LabConfig config() {
    return LabConfig.inDirectory(directory);
  }

  @AfterEach
  void stop() {
    site.engine.faults().clear();
    session.close();
    site.close();
  }

  /** A host of real parts under the same tests, or the reason why they are skipped. */
  static LabConfig realParts(Path directory) {
    // Where somebody names the daemon, what is missing makes the test fail.
    String named = Optional.ofNullable(System.getenv(ImageioParts.VARIABLE)).orElse("");
    assumeFalse(
        named.isEmpty(),
        ImageioParts.VARIABLE + " is not set: start installer/verify.sh, which installs the parts");
    return LabConfig.inDirectory(directory).withDataPlane(DataPlaneKind.IMAGEIO);
  }

  SiteSession connect(SiteAddress address) {
    return connect(address, PATIENT);
  }

  private SiteSession connect(SiteAddress address, SiteTimeouts timeouts) {
    try (Password password = site.password()) {
      return site.connector().connect(address, password, timeouts);
    }
  }

  /** From here on the session waits no longer than a test can. */
  void losePatience() {
    session.close();
    session = connect(site.address(), SHORT);
  }

  SiteAddress at(URI url) {
    return new SiteAddress(url, "admin@internal", "");
  }

  LabFaults faults() {
    return site.engine.faults();
  }

  VmSnapshot take(VmId vm, Optional<CheckpointId> since) {
    return session.snapshots().take(request(vm, since), journal);
  }

  SnapshotRequest request(VmId vm, Optional<CheckpointId> since) {
    List<DiskId> disks = site.engine.diskIds(vm.value()).stream().map(DiskId::new).toList();
    return new SnapshotRequest(UUID.randomUUID(), vm, disks, since, Freezing.NONE, "test");
  }

  CheckpointId fullBackup(VmId vm) {
    try (VmSnapshot snapshot = take(vm, Optional.empty())) {
      snapshot.remove();
      return snapshot.checkpoint().orElseThrow();
    }
  }

  DiskSettings disk(VmId vm) {
    return session.inventory().settings(vm).orElseThrow().disks().get(0);
  }

  static byte[] readAll(DiskReader reader) {
    byte[] image = new byte[Math.toIntExact(reader.size().bytes())];
    for (Extent extent : reader.extents()) {
      if (extent.content() == Extent.Content.DATA) {
        reader.read(
            extent.range().start(),
            ByteBuffer.wrap(image, (int) extent.range().start(), (int) extent.range().length()));
      }
    }
    return image;
  }

  /** Releases what the journal lists as a new process would: until nothing moves any more. */
  void sweep() {
    faults().clear();
    try (SiteSession fresh = connect(site.address())) {
      boolean progress = true;
      while (progress) {
        progress = false;
        for (OutsideEffect effect : journal.open()) {
          progress |= released(fresh, effect);
        }
      }
    }
    assertThat(journal.open()).isEmpty();
  }

  private boolean released(SiteSession fresh, OutsideEffect effect) {
    try {
      fresh.release(effect).forEach(journal::intend);
      journal.released(effect);
      return true;
    } catch (StillpointException e) {
      assertThat(e.kind()).isEqualTo(ErrorKind.CONFLICT);
      return false;
    }
  }

  /**
   * A session during which the host, once it is lost, is away until the session waits for it and
   * the engine has stopped the transfer.
   */
  SiteSession regaining(boolean restarted) {
    Waiter waiter =
        pause -> {
          Waiter.sleeping().await(pause);
          if (away.get() && site.engine.leftovers().stream().noneMatch(LabTest::isTransferring)) {
            away.set(false);
            site.engine.regainHost(restarted);
          }
        };
    return connect(waiter);
  }

  SiteSession connect(Waiter waiter) {
    try (Password password = site.password()) {
      return new OvirtConnector(waiter, System::nanoTime)
          .connect(site.address(), password, PATIENT);
    }
  }

  private static boolean isTransferring(String leftover) {
    return leftover.startsWith("transfer ") && leftover.endsWith(" is TRANSFERRING");
  }

  void loseHost() {
    site.engine.loseHost();
    away.set(true);
  }

  void assertNothingLeft() {
    assertThat(site.leftovers()).isEmpty();
  }

  static StillpointException fails(ErrorKind kind, ThrowingCallable call) {
    StillpointException[] caught = new StillpointException[1];
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StillpointException.class,
            e -> {
              assertThat(e.kind()).as(e.getMessage()).isEqualTo(kind);
              assertThat(e.remedy()).isNotBlank();
              assertThat(e.getMessage()).doesNotContain("/images/");
              caught[0] = e;
            });
    return caught[0];
  }
}
