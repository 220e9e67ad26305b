package dev.stillpoint.hypervisor.ovirt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.hypervisor.ActivityLog;
import dev.stillpoint.hypervisor.DiskReader;
import dev.stillpoint.hypervisor.DiskSettings;
import dev.stillpoint.hypervisor.DiskWriter;
import dev.stillpoint.hypervisor.NicSettings;
import dev.stillpoint.hypervisor.RestoreTarget.DiskSwap;
import dev.stillpoint.hypervisor.SiteSession;
import dev.stillpoint.hypervisor.VmSettings;
import dev.stillpoint.hypervisor.VmSnapshot;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.CheckpointId;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.VmId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Wherever the process dies, the next one takes away what it made, and nothing else. */
class CrashTest extends LabTest {

  @Test
  void leavesNothingOfABackupWhereverItDies() throws IOException {
    VmId vm = site.runningVm();
    int deaths =
        dieEverywhere(
            dying -> {
              CheckpointId first = backUp(dying, vm, Optional.empty());
              backUp(dying, vm, Optional.of(first));
            });

    assertThat(deaths).isGreaterThanOrEqualTo(2 * 8);
    assertThat(site.engine.checkpoints(vm.value())).isEmpty();
  }

  @Test
  void leavesTheVmAsItWasWhereverARestoreInPlaceDies() throws IOException {
    VmId vm = site.stoppedVm();
    DiskSettings old = disk(vm);
    String before = site.sha256(old.id());
    int deaths =
        dieEverywhere(
            dying -> {
              try (DiskWriter writer = fill(dying, old)) {
                dying
                    .restoreTarget()
                    .swapDisks(vm, List.of(new DiskSwap(old, writer.disk())), journal);
              }
            });

    assertThat(deaths).isGreaterThanOrEqualTo(2 * 5);
    assertThat(disk(vm)).isEqualTo(old);
    assertThat(site.sha256(old.id())).isEqualTo(before);
  }

  @Test
  void leavesNothingOfANewVmWhereverItDies() throws IOException {
    VmSettings model = session.inventory().settings(site.stoppedVm()).orElseThrow();
    int deaths =
        dieEverywhere(
            dying -> {
              VmId made = dying.restoreTarget().createVm(copyOf(model), "mark-1", journal);
              try (DiskWriter writer = fill(dying, model.disks().get(0))) {
                dying.restoreTarget().attachDisk(made, model.disks().get(0).withId(writer.disk()));
              }
            });

    assertThat(deaths).isGreaterThanOrEqualTo(2 * 6);
    assertThat(session.inventory().vms()).hasSize(5);
  }

  @Test
  void leavesNothingOfAnIsoImageWhereverItsUploadDies() throws IOException {
    VmId vm = site.runningVm();
    int deaths =
        dieEverywhere(
            dying -> {
              ByteCount size = ByteCount.ofBytes(5000);
              try (DiskWriter writer =
                  dying.mediaDrive().createIso(vm, "tools.iso", size, journal)) {
                writer.write(0, ByteBuffer.allocate(5000));
                writer.finish();
              }
            });

    assertThat(deaths).isGreaterThanOrEqualTo(2 * 3);
  }

  @Test
  void leavesNoJobRunningWhereverItDies() throws IOException {
    int deaths =
        dieEverywhere(
            dying -> {
              ActivityLog log = dying.activityLog();
              String task = log.startTask("mark-1", "a test", journal);
              log.endStep(task, log.startStep(task, "a part"), true);
              log.endTask(task, "mark-1", true, journal);
            });

    assertThat(deaths).isGreaterThanOrEqualTo(2 * 4);
  }

  /** Lets the work die at each of its changes, before and after it; returns how often it died. */
  private int dieEverywhere(Consumer<SiteSession> work) throws IOException {
    int deaths = 0;
    for (boolean arrives : new boolean[] {false, true}) {
      boolean died = true;
      for (int n = 1; died; n++) {
        died = dieOnce(work, n, arrives);
        deaths += died ? 1 : 0;
        sweep();
        assertThat(site.leftovers()).as("died at change %d, arrived: %s", n, arrives).isEmpty();
      }
    }
    return deaths;
  }

  private boolean dieOnce(Consumer<SiteSession> work, int n, boolean arrives) throws IOException {
    try (LossyProxy proxy = new LossyProxy(site.engine.engineUrl());
        SiteSession dying = connect(at(proxy.apiUrl()))) {
      proxy.dieAtChange(n, arrives);
      try {
        work.accept(dying);
      } catch (StillpointException e) {
        assertThat(proxy.isDead()).as(e.getMessage()).isTrue();
      }
      return proxy.isDead();
    }
  }

  private CheckpointId backUp(SiteSession dying, VmId vm, Optional<CheckpointId> since) {
    try (VmSnapshot snapshot = dying.snapshots().take(request(vm, since), journal)) {
      try (DiskReader reader = snapshot.open(snapshot.disks().get(0).id())) {
        reader.read(0, ByteBuffer.allocate(4096));
      }
      snapshot.remove();
      return snapshot.checkpoint().orElseThrow();
    }
  }

  private DiskWriter fill(SiteSession dying, DiskSettings like) {
    DiskWriter writer = dying.restoreTarget().createDisk(like, journal);
    try {
      writer.write(0, ByteBuffer.allocate(4096));
      writer.finish();
      return writer;
    } catch (StillpointException e) {
      writer.close();
      throw e;
    }
  }

  private static VmSettings copyOf(VmSettings vm) {
    List<NicSettings> nics = vm.nics().stream().map(nic -> nic.withMac("")).toList();
    return new VmSettings(
        vm.id(),
        "copy",
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
}
