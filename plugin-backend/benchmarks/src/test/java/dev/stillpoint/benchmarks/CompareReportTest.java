package dev.stillpoint.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.junit.jupiter.api.Test;

class CompareReportTest {

  @Test
  void takesMediansOfAllRunsAndTheHighestPeak() {
    CompareReport report =
        CompareReport.of(
            List.of(
                "borg\tfull\t10\t9\t100\t0\t1000",
                "borg\tfull\t30\t11\t300\t0\t1004",
                "borg\tfull\t20\t10\t200\t0\t1002"),
            1);

    assertThat(report.steps())
        .containsExactly(new Step("borg", "full", 3, 0, 20, 10, 300, 1002, 1002));
  }

  @Test
  void takesTheMiddleOfTwo() {
    CompareReport report =
        CompareReport.of(List.of("borg\tfull\t10\t8\t1\t5\t15", "borg\tfull\t20\t9\t1\t5\t25"), 1);

    assertThat(report.steps().get(0).wallSeconds()).isEqualTo(15);
    assertThat(report.steps().get(0).cpuSeconds()).isEqualTo(8.5);
    assertThat(report.steps().get(0).addedBytes()).isEqualTo(15);
  }

  @Test
  void tellsTargetsMetAndMissed() {
    CompareReport report =
        CompareReport.of(
            List.of(
                "stillpoint\tfull\t10\t18\t1\t0\t1040",
                "borg\tfull\t24\t23\t1\t0\t1000",
                "restic\tfull\t50\t90\t1\t0\t900"),
            1);

    assertThat(report.targets())
        .extracting(
            Target.TargetResult::other, Target.TargetResult::measure, Target.TargetResult::met)
        .containsExactly(
            tuple("restic", Target.Measure.WALL, true),
            tuple("borg", Target.Measure.WALL, false),
            tuple("borg", Target.Measure.STORED, true));
    assertThat(report.table())
        .contains("| full | wall | borg | 0.417 | 0.400 | **missed** |")
        .contains("| full | stored | borg | 1.040 | 1.050 | met |");
  }

  @Test
  void comparesTheListedIncrementWithTheChangedBytesAndWithBorgsWholeRead() {
    CompareReport report =
        CompareReport.of(
            List.of(
                "stillpoint\tchanged-list\t1\t1\t1\t1000\t1130",
                "borg\tchanged\t9\t9\t1\t1000\t1100"),
            100);

    assertThat(report.targets())
        .extracting(Target.TargetResult::ratio)
        .containsExactly(1.3, 1.0 / 9);
    assertThat(report.targets()).noneMatch(Target.TargetResult::met);
  }

  @Test
  void aFailureIsShownAndMeetsNoTarget() {
    CompareReport report =
        CompareReport.of(
            List.of(
                "stillpoint\tfull\t1\t1\t1\t0\t1",
                "stillpoint\tfull\tfailed",
                "borg\tfull\t100\t1\t1\t0\t100"),
            1);

    assertThat(report.targets()).isEmpty();
    assertThat(report.table()).contains("| full | stillpoint | failed 1 of 2 |");
  }
}
