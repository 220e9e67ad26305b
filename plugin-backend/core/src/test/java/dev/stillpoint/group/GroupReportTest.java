package dev.stillpoint.group;

import static dev.stillpoint.group.Fleets.rules;
import static dev.stillpoint.group.Fleets.vm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GroupReportTest {

  private static final Duration LEAD = Duration.ofSeconds(2);

  /** A run that went exactly as it was decided, with two seconds for the snapshots. */
  private static GroupReport report(GroupRules rules, List<Candidate> vms) {
    List<GroupReport.Member> members =
        Replay.of(rules, vms).stream()
            .map(
                r ->
                    new GroupReport.Member(
                        r.vm().position(),
                        r.batch(),
                        LEAD,
                        LEAD.plusMillis(Math.round(r.underSnapshot() * 1000)),
                        Duration.ofMillis(Math.round(r.vm().seconds() * 1000)),
                        r.vm().load(),
                        r.reason()))
            .toList();
    return GroupReport.of(rules, List.of(), members, vms);
  }

  @Test
  void comparesWithTheOrderGivenForTheSameRun() {
    List<Candidate> vms = List.of(vm(0, 1, 100), vm(1, 1000, 10));
    GroupReport report = report(rules(LoadOrder.HIGHEST_LOAD, 1), vms);
    assertThat(report.cost()).isEqualTo(new Cost(2 + 10 + 2 + 110, 12 * 1000 + 112));
    assertThat(report.fifoCost()).isEqualTo(new Cost(2 + 100 + 2 + 110, 102 + 112 * 1000));
  }

  @Test
  void aRunInTheOrderGivenCostsWhatItsComparisonSays() {
    List<Candidate> vms = Fleets.random(new Random(4), 30);
    for (int batch : List.of(0, 7)) {
      GroupRules rules =
          new GroupRules(LoadOrder.FIFO, OrderBy.VM, Collective.SUM, batch, 2, ReaderLimits.NONE);
      GroupReport report = report(rules, vms);
      assertThat(report.fifoCost().loadSeconds())
          .isCloseTo(report.cost().loadSeconds(), within(0.001));
      assertThat(report.fifoCost().snapshotSeconds())
          .isCloseTo(report.cost().snapshotSeconds(), within(0.001));
    }
  }

  @Test
  void vmsWithoutASnapshotCountInNeither() {
    List<Candidate> vms = List.of(vm(0, 5, 1), vm(1, 10, 1));
    GroupReport report =
        GroupReport.of(
            rules(LoadOrder.FIFO, 1),
            List.of(new GroupReport.Batch(1, Duration.ZERO)),
            List.of(
                new GroupReport.Member(
                    1, 0, Duration.ZERO, Duration.ofSeconds(3), Duration.ofSeconds(3), 10, "")),
            vms);
    assertThat(report.cost()).isEqualTo(new Cost(3, 30));
    assertThat(report.fifoCost()).isEqualTo(new Cost(3, 30));
  }
}
