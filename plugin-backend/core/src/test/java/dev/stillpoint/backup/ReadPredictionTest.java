package dev.stillpoint.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stillpoint.catalog.RestorePoint;
import dev.stillpoint.group.GroupReport;
import dev.stillpoint.group.GroupRules;
import dev.stillpoint.hypervisor.ReadMode;
import dev.stillpoint.job.DiskTask;
import dev.stillpoint.job.Run;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.DiskId;
import dev.stillpoint.testing.Samples;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReadPredictionTest {

  private static Run read(long bytes, int seconds) {
    DiskTask disk =
        DiskTask.planned(
                new DiskId("d"),
                "d",
                DiskTask.Mode.INCREMENTAL,
                "",
                ByteCount.ofGibibytes(1),
                ByteCount.ofBytes(bytes))
            .withProgress(
                ByteCount.ofBytes(bytes), ByteCount.ofBytes(bytes), ByteCount.ZERO, Duration.ZERO);
    Duration took = Duration.ofSeconds(seconds);
    return Samples.queued("r" + bytes)
        .withVm(0, vm -> vm.withDisk(disk))
        .withGroup(
            GroupReport.of(
                GroupRules.standard(1),
                List.of(),
                List.of(new GroupReport.Member(0, 0, Duration.ZERO, took, took, 0, "")),
                List.of()));
  }

  private static RestorePoint point(ReadMode mode, long bytes) {
    RestorePoint sample = Samples.richPoint("p" + bytes);
    return new RestorePoint(
        sample.id(),
        sample.site(),
        sample.run(),
        sample.policy(),
        sample.time(),
        sample.created(),
        sample.checkpoint(),
        sample.consistency(),
        List.of(
            new RestorePoint.Disk(
                new DiskId("d"),
                "d",
                ByteCount.ofGibibytes(1),
                mode,
                ByteCount.ofBytes(bytes),
                ByteCount.ZERO)),
        List.of(),
        sample.settings(),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void theQuickestReadTellsWhatEveryReadCostsAndTheRestTheRate() {
    ReadPrediction prediction =
        ReadPrediction.learntFrom(List.of(read(0, 10), read(5_000, 15), read(10_000, 20)));
    assertThat(prediction.seconds(0)).isEqualTo(10);
    assertThat(prediction.seconds(20_000)).isEqualTo(30);
  }

  @Test
  void withoutHistoryItIsTheDefaultRate() {
    assertThat(ReadPrediction.learntFrom(List.of(Samples.queued("r"))).seconds(1e9))
        .isCloseTo(10, within(0.001));
  }

  @Test
  void aVmIsExpectedToChangeAsItDidAndANewOneIsReadWhole() {
    ReadPrediction prediction = ReadPrediction.learntFrom(List.of());
    ByteCount provisioned = ByteCount.ofBytes(999);
    assertThat(prediction.bytes(provisioned, List.of())).isEqualTo(999);
    assertThat(prediction.bytes(provisioned, List.of(point(ReadMode.full("first"), 500))))
        .isEqualTo(999);
    assertThat(
            prediction.bytes(
                provisioned,
                List.of(
                    point(ReadMode.INCREMENTAL, 10),
                    point(ReadMode.INCREMENTAL, 20),
                    point(ReadMode.full("first"), 500))))
        .isEqualTo(15);
  }
}
