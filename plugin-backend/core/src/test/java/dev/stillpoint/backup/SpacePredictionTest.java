package dev.stillpoint.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillpoint.catalog.RestorePoint;
import dev.stillpoint.hypervisor.DiskSettings;
import dev.stillpoint.hypervisor.ReadMode;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.DiskId;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.SpaceReport;
import dev.stillpoint.testing.Samples;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SpacePredictionTest {

  private static final DiskId DISK = new DiskId("disk-1");
  private static final SpacePrediction FRESH = SpacePrediction.learntFrom(List.of());

  private static DiskSettings disk(DiskId id, int sizeMebibytes, int allocatedMebibytes) {
    DiskSettings sample = Samples.richPoint("p").settings().disks().get(0);
    return new DiskSettings(
        id,
        sample.name(),
        ByteCount.ofMebibytes(sizeMebibytes),
        Optional.of(ByteCount.ofMebibytes(allocatedMebibytes)),
        sample.format(),
        true,
        true,
        sample.storage(),
        sample.bus(),
        true,
        true,
        false,
        "");
  }

  private static RestorePoint point(boolean incremental, int readMebibytes, int storedMebibytes) {
    RestorePoint sample = Samples.richPoint("p");
    return new RestorePoint(
        sample.id(),
        sample.site(),
        sample.run(),
        sample.policy(),
        Instant.EPOCH,
        Instant.EPOCH,
        sample.checkpoint(),
        sample.consistency(),
        List.of(
            new RestorePoint.Disk(
                DISK,
                "a disk",
                ByteCount.ofMebibytes(10_000),
                incremental ? ReadMode.INCREMENTAL : ReadMode.full("first backup"),
                ByteCount.ofMebibytes(readMebibytes),
                ByteCount.ofMebibytes(storedMebibytes))),
        List.of(),
        sample.settings(),
        Optional.empty(),
        Optional.empty());
  }

  private static ByteCount predict(SpacePrediction prediction, RestorePoint... earlier) {
    return prediction.of(List.of(disk(DISK, 10_000, 1000)), List.of(earlier));
  }

  @Test
  void aNewDiskAddsTheUsualShareOfWhatItTakesOnItsStorage() {
    assertThat(predict(FRESH)).isEqualTo(ByteCount.ofMebibytes(600));
  }

  @Test
  void theShareIsLearntFromFullReadsButNeverBelowAFifthOrAboveAll() {
    RestorePoint half = point(false, 100, 50);
    RestorePoint none = point(false, 100, 0);
    RestorePoint more = point(false, 100, 104);
    RestorePoint increment = point(true, 100, 1);
    assertThat(predict(SpacePrediction.learntFrom(List.of(half, increment))))
        .isEqualTo(ByteCount.ofMebibytes(500));
    assertThat(predict(SpacePrediction.learntFrom(List.of(none))))
        .isEqualTo(ByteCount.ofMebibytes(200));
    assertThat(predict(SpacePrediction.learntFrom(List.of(more))))
        .isEqualTo(ByteCount.ofMebibytes(1000));
  }

  @Test
  void aKnownDiskAddsTwiceTheLargestOfItsLastIncrements() {
    assertThat(predict(FRESH, point(true, 20, 10), point(true, 50, 40), point(false, 1000, 600)))
        .isEqualTo(ByteCount.ofMebibytes(80));
  }

  @Test
  void aDiskWithOneFullBackupAddsATenthOfIt() {
    assertThat(predict(FRESH, point(false, 1000, 600))).isEqualTo(ByteCount.ofMebibytes(60));
  }

  @Test
  void aKnownDiskAddsSomethingAndNeverMoreThanItsSize() {
    assertThat(predict(FRESH, point(true, 0, 0))).isEqualTo(ByteCount.ofMebibytes(1));
    assertThat(FRESH.of(List.of(disk(DISK, 50, 50)), List.of(point(true, 40, 40))))
        .isEqualTo(ByteCount.ofMebibytes(50));
  }

  @Test
  void disksAreAddedUpEachByItsOwnHistory() {
    assertThat(
            FRESH.of(
                List.of(disk(DISK, 10_000, 1000), disk(new DiskId("new"), 100, 10)),
                List.of(point(true, 20, 10))))
        .isEqualTo(ByteCount.ofMebibytes(26));
  }

  @Test
  void theVmsOfARunMustFitTogether() {
    SpaceAdmission admission =
        new SpaceAdmission(
            new SpaceReport(
                Optional.of(ByteCount.ofMebibytes(100)),
                ByteCount.ZERO,
                ByteCount.ofMebibytes(70),
                ByteCount.ZERO,
                Optional.empty(),
                ByteCount.ofMebibytes(30),
                ByteCount.ZERO,
                1));
    admission.admit("one", ByteCount.ofMebibytes(20));
    assertThatThrownBy(() -> admission.admit("two", ByteCount.ofMebibytes(11)))
        .hasMessage(
            "The backup of two would not fit into the repository: about 31.0 MiB are to be stored"
                + " and 30.0 MiB are free, of a reserve of 100 MiB, other VMs of this run included")
        .isInstanceOfSatisfying(
            StillpointException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.OUT_OF_SPACE));
    admission.admit("three", ByteCount.ofMebibytes(10));
  }
}
