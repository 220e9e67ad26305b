package dev.stillpoint.hypervisor.ovirt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.hypervisor.DiskSettings;
import dev.stillpoint.hypervisor.DiskWriter;
import dev.stillpoint.hypervisor.NicSettings;
import dev.stillpoint.hypervisor.OutsideEffect;
import dev.stillpoint.hypervisor.RestoreTarget.DiskSwap;
import dev.stillpoint.hypervisor.SiteSession;
import dev.stillpoint.hypervisor.VmSettings;
import dev.stillpoint.hypervisor.lab.model.LabFaults.Switch;
import dev.stillpoint.model.DiskId;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.VmId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Restores that go wrong in the ways that engines and hosts have. */
class RestoreFaultsTest extends LabTest {

  @Test
  void saysWhichStorageDomainIsFull() {
    DiskSettings like = disk(site.stoppedVm());
    faults().turnOn(Switch.DOMAIN_FULL);

    StillpointException e =
        fails(
            ErrorKind.OUT_OF_SPACE,
            () -> session.restoreTarget().createDisk(like, journal).close());

    assertThat(e).hasMessageContaining("data1");
    assertThat(journal.open()).isEmpty();
    assertNothingLeft();
  }

  @Test
  void givesUpOnADiskThatStaysLocked() {
    losePatience();
    DiskSettings like = disk(site.stoppedVm());
    faults().turnOnFor(Switch.DISK_STAYS_LOCKED, 1);

    StillpointException e =
        fails(
            ErrorKind.HYPERVISOR_REFUSED,
            () -> session.restoreTarget().createDisk(like, journal).close());

    assertThat(e).hasMessageContaining("files01_sys");
    assertThat(journal.open(OutsideEffect.Kind.DISK)).hasSize(1);
  }

  @Test
  void leavesNoDiskWhenTheTransferIsTakenAway() {
    DiskSettings like = disk(site.stoppedVm());
    try (DiskWriter writer = session.restoreTarget().createDisk(like, journal)) {
      faults().turnOnAfter(Switch.IMAGEIO_403_AFTER, 1 << 20, 1);
      StillpointException e =
          fails(
              ErrorKind.HYPERVISOR_REFUSED,
              () -> {
                while (true) {
                  writeAll(writer, like.size().bytes());
                }
              });
      assertThat(e).hasMessageContaining("ended the transfer");
      assertThat(writer.wasInterrupted()).as("worth another attempt on a new disk").isTrue();
    }
    sweep();
    assertThat(journal.open()).isEmpty();
    assertNothingLeft();
  }

  @Test
  void resumesAnUploadWhenItsHostCanBeReachedAgainAndLosesNoDisk() {
    DiskSettings like = disk(site.stoppedVm());
    DiskId made;
    try (SiteSession here = regaining(false);
        DiskWriter writer = here.restoreTarget().createDisk(like, journal)) {
      writer.write(0, ByteBuffer.allocate(1 << 20));
      loseHost();
      writeAll(writer, like.size().bytes());
      assertThat(writer.wasInterrupted()).isTrue();
      writer.finish();
      made = writer.disk();
    }
    byte[] ones = new byte[(int) like.size().bytes()];
    Arrays.fill(ones, (byte) 1);
    assertThat(site.sha256(made)).isEqualTo(sha256(ones));
    assertThat(journal.open(OutsideEffect.Kind.TRANSFER)).isEmpty();
  }

  @Test
  void writesOnWhenAConnectionBreaks() {
    DiskSettings like = disk(site.stoppedVm());
    DiskId made;
    try (DiskWriter writer = session.restoreTarget().createDisk(like, journal)) {
      faults().turnOnAfter(Switch.IMAGEIO_DROP_AFTER, 100_000, 2);
      writeAll(writer, like.size().bytes());
      writer.finish();
      made = writer.disk();
    }
    assertThat(site.exists(made)).isTrue();
    byte[] ones = new byte[(int) like.size().bytes()];
    Arrays.fill(ones, (byte) 1);
    assertThat(site.sha256(made)).isEqualTo(sha256(ones));
  }

  @Test
  void writesFromSeveralThreadsAtATime() throws Exception {
    DiskSettings like = disk(site.stoppedVm());
    DiskId made;
    byte[] content = new byte[(int) like.size().bytes()];
    new Random(7).nextBytes(content);
    try (DiskWriter writer = session.restoreTarget().createDisk(like, journal)) {
      assertThat(writer.parallelWrites()).isEqualTo(4);
      ExecutorService threads = Executors.newFixedThreadPool(writer.parallelWrites());
      try {
        List<Future<?>> pieces =
            IntStream.range(0, content.length >> 20)
                .<Future<?>>mapToObj(
                    i ->
                        threads.submit(
                            () ->
                                writer.write(
                                    (long) i << 20, ByteBuffer.wrap(content, i << 20, 1 << 20))))
                .toList();
        for (Future<?> piece : pieces) {
          piece.get();
        }
      } finally {
        threads.shutdownNow();
      }
      writer.finish();
      made = writer.disk();
    }
    assertThat(site.sha256(made)).isEqualTo(sha256(content));
  }

  @Test
  void findsTheDiskWhoseCreationWasNeverAnswered() throws IOException {
    DiskSettings like = disk(site.stoppedVm());
    try (LossyProxy proxy = new LossyProxy(site.engine.engineUrl());
        SiteSession lossy = connect(at(proxy.apiUrl()))) {
      proxy.loseNextAnswerTo("POST", "/disks");
      try (DiskWriter writer = lossy.restoreTarget().createDisk(like, journal)) {
        writer.finish();
      }
    }
    sweep();
    assertNothingLeft();
  }

  @Test
  void takesAwayAVmWhoseCreationWasNeverAnswered() throws IOException {
    VmSettings wanted = copyOf(session.inventory().settings(site.stoppedVm()).orElseThrow());
    try (LossyProxy proxy = new LossyProxy(site.engine.engineUrl());
        SiteSession lossy = connect(at(proxy.apiUrl()))) {
      proxy.loseNextAnswerTo("POST", "/vms");
      fails(
          ErrorKind.HYPERVISOR_UNAVAILABLE,
          () -> lossy.restoreTarget().createVm(wanted, "mark-1", journal));
    }
    assertThat(session.inventory().vms()).hasSize(6);
    sweep();
    assertThat(session.inventory().vms()).hasSize(5);
  }

  @Test
  void putsTheOldDiskBackWhenAttachingTheNewOneWasNeverAnswered() throws IOException {
    assertUndone(proxy -> proxy.loseNextAnswerTo("POST", "/diskattachments"));
  }

  @Test
  void putsTheOldDiskBackWhenTheSwapBrokeOffInTheMiddle() throws IOException {
    assertUndone(proxy -> proxy.dropNext("POST", "/diskattachments"));
  }

  private void assertUndone(Consumer<LossyProxy> fault) throws IOException {
    VmId vm = site.stoppedVm();
    DiskSettings old = disk(vm);
    DiskId made;
    try (DiskWriter writer = session.restoreTarget().createDisk(old, journal)) {
      writer.finish();
      made = writer.disk();
    }
    try (LossyProxy proxy = new LossyProxy(site.engine.engineUrl());
        SiteSession lossy = connect(at(proxy.apiUrl()))) {
      fault.accept(proxy);
      fails(
          ErrorKind.HYPERVISOR_UNAVAILABLE,
          () -> lossy.restoreTarget().swapDisks(vm, List.of(new DiskSwap(old, made)), journal));
    }
    assertThat(session.inventory().settings(vm).orElseThrow().disk(old.id())).isEmpty();

    sweep();

    assertThat(disk(vm)).isEqualTo(old);
    assertNothingLeft();
  }

  @Test
  void tellsTheSnapshotsThatKeepTheEngineFromExchangingDisks() {
    VmId vm = site.stoppedVm();
    assertThat(session.inventory().snapshots(vm)).isEmpty();
    site.engine.makeSnapshot(vm.value(), "before the update");
    site.engine.makeSnapshot(vm.value(), "Auto-generated for Backup VM");

    assertThat(session.inventory().snapshots(vm))
        .containsExactly("before the update", "Auto-generated for Backup VM");
    assertThat(session.inventory().snapshots(new VmId("00000000-0000-4000-8000-000000000000")))
        .isEmpty();
    DiskSettings old = disk(vm);
    try (DiskWriter writer = session.restoreTarget().createDisk(old, journal)) {
      writer.finish();
      StillpointException e =
          fails(
              ErrorKind.CONFLICT,
              () ->
                  session
                      .restoreTarget()
                      .swapDisks(vm, List.of(new DiskSwap(old, writer.disk())), journal));
      assertThat(e).hasMessageContaining("configured in a snapshot");
    }
    sweep();
    assertThat(disk(vm)).isEqualTo(old);
  }

  @Test
  void tellsWhoHasWhichMacAndWhichClustersReachAStorage() {
    VmSettings web = session.inventory().settings(site.runningVm()).orElseThrow();

    assertThat(session.inventory().macs()).containsEntry(web.nics().get(0).mac(), "web01");
    assertThat(session.inventory().storages())
        .isNotEmpty()
        .allSatisfy(
            storage -> {
              assertThat(storage.clusters()).containsExactly(web.cluster().id());
              assertThat(storage.onBlocks()).isFalse();
            });
  }

  @Test
  void undoesNoSwapWhileTheVmRuns() {
    VmId vm = site.stoppedVm();
    DiskSettings old = disk(vm);
    try (DiskWriter writer = session.restoreTarget().createDisk(old, journal)) {
      writer.finish();
      session.restoreTarget().swapDisks(vm, List.of(new DiskSwap(old, writer.disk())), journal);
    }
    site.engine.power(vm.value(), true);

    StillpointException e =
        fails(
            ErrorKind.CONFLICT,
            () -> session.release(journal.open(OutsideEffect.Kind.SWAP).get(0)));

    assertThat(e).hasMessage("VM files01 is running");
  }

  @Test
  void tellsWhichNicsCouldNotBeBroughtBack() {
    VmId vm = site.stoppedVm();
    VmSettings before = session.inventory().settings(vm).orElseThrow();
    NicSettings taken =
        before
            .nics()
            .get(0)
            .withMac(
                session.inventory().settings(site.runningVm()).orElseThrow().nics().get(0).mac());

    List<String> lost = session.restoreTarget().applySettings(vm, withNics(before, List.of(taken)));

    assertThat(lost).singleElement().asString().contains(taken.mac());
  }

  private static void writeAll(DiskWriter writer, long size) {
    byte[] ones = new byte[1 << 20];
    Arrays.fill(ones, (byte) 1);
    for (long at = 0; at < size; at += ones.length) {
      writer.write(at, ByteBuffer.wrap(ones));
    }
  }

  private static VmSettings copyOf(VmSettings vm) {
    return renamed(vm, "copy", vm.nics().stream().map(nic -> nic.withMac("")).toList());
  }

  private static VmSettings withNics(VmSettings vm, List<NicSettings> nics) {
    return renamed(vm, vm.name(), nics);
  }

  private static VmSettings renamed(VmSettings vm, String name, List<NicSettings> nics) {
    return new VmSettings(
        vm.id(),
        name,
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

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
