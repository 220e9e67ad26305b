package dev.stillpoint.job;

import static dev.stillpoint.testing.Workbench.mebibytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.catalog.Catalog;
import dev.stillpoint.catalog.RestorePoint;
import dev.stillpoint.hypervisor.OutsideEffect;
import dev.stillpoint.model.CheckpointId;
import dev.stillpoint.model.VmId;
import dev.stillpoint.testing.Workbench;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever points are expired, a VM never has more than the newest point's checkpoint of ours. */
final class CheckpointReleasingCatalogTest {

  @TempDir private Path directory;
  private Workbench bench;
  private Catalog catalog;
  private VmId vm;

  @BeforeEach
  void backUpTwice() {
    bench = new Workbench(directory.resolve("repository"));
    bench.queue.start();
    catalog = new CheckpointReleasingCatalog(bench.catalog, bench.journal, bench.clock);
    vm = bench.site.addVm("vm", mebibytes(1));
    bench.backup(vm);
    bench.backup(vm);
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

    catalog.remove(points.get(0).id());

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
    catalog.remove(bench.points().get(1).id());

    assertThat(bench.journal.all()).isEmpty();
    assertThat(bench.site.checkpoints(vm)).hasSize(1);
  }

  @Test
  void allPointsOfAVmLeaveNoCheckpointBehind() {
    catalog.ids().forEach(catalog::remove);

    bench.sweeper.sweep(bench.journal.all());

    assertThat(bench.journal.all()).isEmpty();
    assertThat(bench.site.checkpoints(vm)).isEmpty();
  }
}
