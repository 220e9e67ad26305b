package dev.stillpoint.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.catalog.RestorePoint;
import dev.stillpoint.hypervisor.DiskSettings;
import dev.stillpoint.hypervisor.ReadMode;
import dev.stillpoint.hypervisor.SnapshotDisk;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.CheckpointId;
import dev.stillpoint.model.DiskId;
import dev.stillpoint.testing.Samples;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Every doubt about what changed means a full read of that disk, and says which doubt it was. */
class BaselineTest {

  private final RestorePoint point = Samples.richPoint("point-1");
  private final CheckpointId checkpoint = point.checkpoint().orElseThrow();
  private final DiskSettings settings = point.settings().disk(new DiskId("disk-1")).orElseThrow();
  private final ByteCount size = point.disk(settings.id()).orElseThrow().size();
  private final Baseline baseline =
      Baseline.choose(Optional.of(point), List.of(new CheckpointId("another's"), checkpoint));

  private SnapshotDisk disk(ByteCount now, ReadMode mode) {
    return new SnapshotDisk(settings.id(), now, mode);
  }

  @Test
  void buildsOnTheLastPointWhereNothingIsInDoubt() {
    assertThat(baseline.checkpoint()).contains(checkpoint);
    Baseline.Base base = baseline.base(disk(size, ReadMode.INCREMENTAL), settings);
    assertThat(base.image()).isPresent();
    assertThat(base.whyNone()).isEmpty();
  }

  @Test
  void readsAResizedDiskInFull() {
    ByteCount grown = size.plus(ByteCount.ofGibibytes(1));
    assertFull(baseline, disk(grown, ReadMode.INCREMENTAL), "the disk was resized from " + size);
  }

  @Test
  void readsADiskInFullWithTheManagersOwnReason() {
    assertFull(
        baseline, disk(size, ReadMode.full("its bitmap is damaged")), "its bitmap is damaged");
  }

  @Test
  void readsANewDiskInFull() {
    SnapshotDisk late = new SnapshotDisk(new DiskId("disk-77"), size, ReadMode.INCREMENTAL);
    assertFull(baseline, late, "first backup of this disk");
  }

  @Test
  void readsEverythingInFullWhenItsCheckpointIsGoneThoughAnothersIsThere() {
    Baseline gone = Baseline.choose(Optional.of(point), List.of(new CheckpointId("another's")));
    assertThat(gone.checkpoint()).as("another's is never asked for").isEmpty();
    assertThat(gone.superseded())
        .as("an invalid one is not listed, and must go all the same")
        .contains(checkpoint);
    assertFull(gone, disk(size, ReadMode.INCREMENTAL), "the checkpoint of the last backup is gone");
  }

  private void assertFull(Baseline compared, SnapshotDisk disk, String why) {
    Baseline.Base base = compared.base(disk, settings);
    assertThat(base.image()).isEmpty();
    assertThat(base.whyNone()).isEqualTo(why);
  }
}
