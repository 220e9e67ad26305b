package dev.stillpoint.job;

import static dev.stillpoint.testing.Workbench.mebibytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.catalog.CatalogRebuilder;
import dev.stillpoint.catalog.RestorePoint;
import dev.stillpoint.hypervisor.OutsideEffect;
import dev.stillpoint.model.CheckpointId;
import dev.stillpoint.model.RestorePointId;
import dev.stillpoint.model.VmId;
import dev.stillpoint.testing.Workbench;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever points are expired, a VM never has more than the newest point's checkpoint of ours. */
final class CheckpointReleaseTest {

  @TempDir private Path directory;
  private Workbench bench;
  private VmId vm;

  @BeforeEach
  void backUpTwice() {
    bench = new Workbench(directory.resolve("repository"));
    bench.queue.start();
    vm = bench.site.addVm("vm", mebibytes(1));
    bench.backup(vm);
    bench.backup(vm);
  }

  /** Expired without a server, and found out at the next start. */
  private void expire(RestorePointId id) {
    bench.repository.expire(id);
    CheckpointRelease release = new CheckpointRelease(bench.catalog, bench.clock);
    new CatalogRebuilder(bench.repository, bench.catalog, bench.codec)
        .rebuild(gone -> bench.journal.add(release.of(gone).stream().toList()));
  }

  @AfterEach
  void stop() {
    bench.close();
  }

  @Test
  void theCheckpointOfAnExpiredNewestPointIsDeletedAndTheNextBackupIsFull() {
    List<RestorePoint> points = bench.points();
    CheckpointId checkpoint = points.get(0).checkpoint().orElseThrow();
    assertThat(bench.site.checkpoints(vm)).containsExactly(checkpoint);

    expire(points.get(0).id());

    assertThat(bench.journal.all())
        .extracting(JournalEntry::effect)
        .containsExactly(OutsideEffect.checkpoint(vm, checkpoint));
    assertThat(bench.sweeper.sweep(bench.journal.all())).isEmpty();
    assertThat(bench.journal.all()).isEmpty();
    assertThat(bench.site.checkpoints(vm)).isEmpty();
    Run next = bench.backup(vm);
    assertThat(next.vms().get(0).disks())
        .allMatch(disk -> disk.reason().contains("the checkpoint of the last backup is gone"));
    assertThat(bench.site.checkpoints(vm)).hasSize(1);
  }

  @Test
  void anOlderPointTakesNothingAlong() {
    expire(bench.points().get(1).id());

    assertThat(bench.journal.all()).isEmpty();
    assertThat(bench.site.checkpoints(vm)).hasSize(1);
  }

  @Test
  void allPointsOfAVmLeaveNoCheckpointBehind() {
    bench.catalog.ids().forEach(this::expire);

    bench.sweeper.sweep(bench.journal.all());

    assertThat(bench.journal.all()).isEmpty();
    assertThat(bench.site.checkpoints(vm)).isEmpty();
  }
}
