package dev.stillpoint.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.group.Candidate;
import dev.stillpoint.group.GroupRules;
import dev.stillpoint.group.LoadOrder;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The figures that docs/benchmarks.md promises. */
class ComparisonTest {

  private static final double ROUNDING = 1 + 1e-9;

  private static List<Candidate> fleet(int vms, boolean related, int seed) {
    return new FleetShape(vms, 1.16, 25, 10, related).make(new Random(seed));
  }

  private static Map<LoadOrder, Comparison.Row> compare(List<Candidate> fleet, int readers) {
    return Comparison.of(fleet, GroupRules.standard(readers)).stream()
        .collect(Collectors.toMap(Comparison.Row::order, Function.identity()));
  }

  @Test
  void highestLoadFirstCarriesAtMostHalfOfWhatTheOrderGivenDoesOnSkewedFleets() {
    for (int seed = 1; seed <= 10; seed++) {
      for (int readers : List.of(1, 2, 4)) {
        assertThat(compare(fleet(1000, false, seed), readers).get(LoadOrder.HIGHEST_LOAD).ofFifo())
            .as("seed %d, %d readers", seed, readers)
            .isLessThanOrEqualTo(0.5);
      }
    }
  }

  @Test
  void smithsRuleCarriesNoMoreThanAnyOtherWithOneReader() {
    for (int seed = 1; seed <= 10; seed++) {
      for (boolean related : List.of(true, false)) {
        Map<LoadOrder, Comparison.Row> rows = compare(fleet(500, related, seed), 1);
        double smith = rows.get(LoadOrder.LOAD_PER_TIME).cost().loadSeconds();
        assertThat(rows.values())
            .allSatisfy(
                row -> assertThat(smith).isLessThanOrEqualTo(row.cost().loadSeconds() * ROUNDING));
      }
    }
  }

  @Test
  void highestLoadFirstGainsLittleWhereBusyVmsTakeLongest() {
    assertThat(compare(fleet(1000, true, 1), 1).get(LoadOrder.HIGHEST_LOAD).ofFifo())
        .isGreaterThan(0.5);
  }

  @Test
  void tenThousandVmsAreSkewedAsWasAsked() {
    List<Candidate> fleet = fleet(10_000, false, 1);
    double all = fleet.stream().mapToDouble(Candidate::load).sum();
    double busiest = fleet.stream().mapToDouble(vm -> -vm.load()).sorted().limit(2000).sum() / -all;
    assertThat(busiest).isBetween(0.6, 0.9);
  }
}
