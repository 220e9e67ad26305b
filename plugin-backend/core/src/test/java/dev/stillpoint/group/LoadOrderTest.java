package dev.stillpoint.group;

import static dev.stillpoint.group.Fleets.positions;
import static dev.stillpoint.group.Fleets.rules;
import static dev.stillpoint.group.Fleets.vm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillpoint.model.StillpointException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LoadOrderTest {

  private static final double ROUNDING = 1 + 1e-12;

  /** Position, load, seconds; bytes follow the seconds. */
  private final List<Candidate> vms = List.of(vm(0, 10, 1), vm(1, 90, 30), vm(2, 50, 2));

  private List<Integer> order(LoadOrder order) {
    return positions(Replay.of(rules(order, 1), vms));
  }

  @Test
  void eachOrderPutsFirstWhatItsNameSays() {
    assertThat(order(LoadOrder.HIGHEST_LOAD)).containsExactly(1, 2, 0);
    assertThat(order(LoadOrder.LOAD_PER_TIME)).containsExactly(2, 0, 1);
    assertThat(order(LoadOrder.FIFO)).containsExactly(0, 1, 2);
    assertThat(order(LoadOrder.SMALLEST)).containsExactly(0, 2, 1);
    assertThat(order(LoadOrder.LONGEST)).containsExactly(1, 2, 0);
  }

  @Test
  void betweenEqualsTheHigherLoadThenTheOneNamedFirstGoesFirst() {
    List<Candidate> equals = List.of(vm(0, 10, 5), vm(1, 20, 5), vm(2, 20, 5));
    assertThat(positions(Replay.of(rules(LoadOrder.SMALLEST, 1), equals))).containsExactly(1, 2, 0);
  }

  @Test
  void withOneReaderSmithsRuleCarriesNoMoreThanAnyPermutationOfUpToSevenVms() {
    Random random = new Random(7);
    for (int fleet = 0; fleet < 60; fleet++) {
      List<Candidate> group = Fleets.random(random, 1 + fleet % 7);
      double smith = loadSeconds(LoadOrder.LOAD_PER_TIME, group);
      double least = leastOfAllPermutations(group, 0, Double.POSITIVE_INFINITY);
      assertThat(smith).as("%s", group).isLessThanOrEqualTo(least * ROUNDING);
    }
  }

  @Test
  void withOneReaderSmithsRuleCarriesNoMoreThanRandomPermutationsOfLargerGroups() {
    Random random = new Random(8);
    for (int fleet = 0; fleet < 40; fleet++) {
      List<Candidate> group = Fleets.random(random, 8 + random.nextInt(60));
      double smith = loadSeconds(LoadOrder.LOAD_PER_TIME, group);
      for (int i = 0; i < 200; i++) {
        Collections.shuffle(group, random);
        assertThat(smith).isLessThanOrEqualTo(carried(group) * ROUNDING);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void withOneReaderNoOrderCarriesLessThanSmithsRule(LoadOrder other) {
    Random random = new Random(9);
    for (int fleet = 0; fleet < 100; fleet++) {
      List<Candidate> group = Fleets.random(random, 1 + random.nextInt(40));
      assertThat(loadSeconds(LoadOrder.LOAD_PER_TIME, group))
          .isLessThanOrEqualTo(loadSeconds(other, group) * ROUNDING);
    }
  }

  @Test
  void withSeveralReadersSmithsRuleIsNotAlwaysTheBest() {
    // Two readers: Smith's rule begins with the two short ones and the long one ends at 1 + 2.
    List<Candidate> group = List.of(vm(0, 10, 1), vm(1, 10, 1), vm(2, 19, 2));
    assertThat(Replay.cost(Replay.of(rules(LoadOrder.LOAD_PER_TIME, 2), group)).loadSeconds())
        .isGreaterThan(
            Replay.cost(Replay.of(rules(LoadOrder.HIGHEST_LOAD, 2), group)).loadSeconds());
  }

  @Test
  void wordsAreReadAsTheyAreWritten() {
    for (LoadOrder order : LoadOrder.values()) {
      assertThat(LoadOrder.parse(order.word())).isEqualTo(order);
    }
    assertThatThrownBy(() -> LoadOrder.parse("best"))
        .isInstanceOf(StillpointException.class)
        .hasMessage("order cannot be best");
  }

  private static double loadSeconds(LoadOrder order, List<Candidate> vms) {
    return Replay.cost(Replay.of(rules(order, 1), vms)).loadSeconds();
  }

  /** What one reader makes the VMs carry that takes them as they come. */
  private static double carried(List<Candidate> inOrder) {
    double time = 0;
    double sum = 0;
    for (Candidate vm : inOrder) {
      time += vm.seconds();
      sum += vm.load() * time;
    }
    return sum;
  }

  private static double leastOfAllPermutations(List<Candidate> vms, int fixed, double least) {
    if (fixed == vms.size()) {
      return Math.min(least, carried(vms));
    }
    double best = least;
    for (int i = fixed; i < vms.size(); i++) {
      List<Candidate> swapped = new ArrayList<>(vms);
      Collections.swap(swapped, fixed, i);
      best = leastOfAllPermutations(swapped, fixed + 1, best);
    }
    return best;
  }
}
