package dev.stillpoint.group;

import static dev.stillpoint.group.Fleets.positions;
import static dev.stillpoint.group.Fleets.vm;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GroupPlannerTest {

  private static GroupPlanner planner(ReaderLimits limits) {
    return new GroupPlanner(
        new GroupRules(LoadOrder.HIGHEST_LOAD, OrderBy.VM, Collective.SUM, 0, 4, limits));
  }

  private static GroupRules by(OrderBy by, Collective collective) {
    return new GroupRules(LoadOrder.HIGHEST_LOAD, by, collective, 0, 1, ReaderLimits.NONE);
  }

  @Test
  void aFreeReaderTakesTheMostLoadedAndSaysWhy() {
    Decision decision =
        planner(ReaderLimits.NONE).next(List.of(vm(0, 1, 9), vm(1, 2048, 1)), List.of(), List.of());
    assertThat(decision.taken()).contains(vm(1, 2048, 1));
    assertThat(decision.reason()).isEqualTo("highest load first, of 2 that waited: 2.0 KiB/s");
  }

  @Test
  void aHostThatIsFullIsPassedOverAndTheReasonSaysWhatHeldTheFirst() {
    GroupPlanner planner = planner(new ReaderLimits(1, 0, 0));
    List<Candidate> running = List.of(vm(9, 1, 1, "h1"));
    List<Candidate> waiting = List.of(vm(0, 90, 1, "h1"), vm(1, 5, 1, "h2"), vm(2, 7, 1, ""));
    Decision decision = planner.next(waiting, running, List.of());
    assertThat(decision.taken()).contains(waiting.get(2));
    assertThat(decision.reason())
        .endsWith("(vm0 is held: 1 are read on host h1 already (limits.readers-per-host))");
  }

  @Test
  void aVmWithSeveralStoragesWaitsForEachOfThem() {
    GroupPlanner planner = planner(new ReaderLimits(0, 1, 0));
    List<Candidate> running = List.of(vm(9, 1, 1, "", List.of("s2")));
    Candidate both = vm(0, 90, 1, "", List.of("s1", "s2"));
    Candidate other = vm(1, 1, 1, "", List.of("s3"));
    assertThat(planner.next(List.of(both, other), running, List.of()).taken()).contains(other);
    assertThat(planner.next(List.of(both), running, List.of()).taken()).isEmpty();
    assertThat(planner.next(List.of(both), running, List.of()).reason())
        .contains("on storage s2", "limits.readers-per-storage");
    assertThat(planner.next(List.of(both), List.of(), List.of()).taken()).contains(both);
  }

  @Test
  void theSitesLimitHoldsEverybody() {
    GroupPlanner planner = planner(new ReaderLimits(0, 0, 2));
    List<Candidate> running = List.of(vm(8, 1, 1), vm(9, 1, 1));
    assertThat(planner.next(List.of(vm(0, 1, 1)), running, List.of()).reason())
        .contains("limits.readers-per-site");
  }

  @Test
  void vmsThatAreOffAreOnNoHostAndHoldEachOtherNot() {
    GroupPlanner planner = planner(new ReaderLimits(1, 0, 0));
    assertThat(planner.next(List.of(vm(0, 0, 1)), List.of(vm(1, 0, 1)), List.of()).taken())
        .isPresent();
  }

  @Test
  void allVmsOfTheMostLoadedHostAreReadBeforeThoseOfTheNext() {
    List<Candidate> vms =
        List.of(
            vm(0, 50, 1, "one"),
            vm(1, 40, 1, "two"),
            vm(2, 5, 1, "one"),
            vm(3, 30, 1, "two"),
            vm(4, 1, 1, "two"));
    assertThat(positions(Replay.of(by(OrderBy.HOST, Collective.SUM), vms)))
        .as("71 together are more than 55")
        .containsExactly(1, 3, 4, 0, 2);
    assertThat(positions(Replay.of(by(OrderBy.HOST, Collective.MEAN), vms)))
        .as("27.5 each are more than 23.7")
        .containsExactly(0, 2, 1, 3, 4);
  }

  @Test
  void aStorageThatWasBegunIsFinishedThoughAnotherIsBusierNow() {
    GroupPlanner planner = new GroupPlanner(by(OrderBy.STORAGE, Collective.SUM));
    Candidate rest = vm(0, 1, 1, "", List.of("begun"));
    Candidate busy = vm(1, 1000, 1, "", List.of("new"));
    assertThat(planner.next(List.of(rest, busy), List.of(), List.of("begun")).taken())
        .contains(rest);
    Decision free = planner.next(List.of(rest, busy), List.of(), List.of());
    assertThat(free.taken()).contains(busy);
    assertThat(free.reason()).startsWith("storage new first, by the sum over its VMs; ");
  }

  @Test
  void aFullHostDoesNotKeepAReaderIdleWhileAnotherHostHasWork() {
    GroupRules rules =
        new GroupRules(
            LoadOrder.HIGHEST_LOAD, OrderBy.HOST, Collective.SUM, 0, 2, new ReaderLimits(1, 0, 0));
    List<Candidate> vms = List.of(vm(0, 90, 4, "h1"), vm(1, 80, 4, "h1"), vm(2, 1, 4, "h2"));
    assertThat(Replay.of(rules, vms))
        .filteredOn(reading -> reading.started() == 0)
        .extracting(reading -> reading.vm().position())
        .containsExactly(0, 2);
  }

  @Test
  void theMostLoadedShareTheFirstSnapshotTimeAndTheRestTheNext() {
    GroupRules rules =
        new GroupRules(LoadOrder.HIGHEST_LOAD, OrderBy.VM, Collective.SUM, 2, 1, ReaderLimits.NONE);
    List<Candidate> vms = List.of(vm(0, 1, 10), vm(1, 9, 10), vm(2, 5, 10));
    List<Replay.Reading> readings = Replay.of(rules, vms);
    assertThat(positions(readings)).containsExactly(1, 2, 0);
    assertThat(readings).extracting(Replay.Reading::batch).containsExactly(0, 0, 1);
    assertThat(readings.get(2).snapshotted()).isEqualTo(20);
    assertThat(readings.get(2).underSnapshot()).isEqualTo(10);
  }

  @Test
  void everyVmIsReadOnceWhateverTheRules() {
    List<Candidate> vms = Fleets.random(new Random(3), 50);
    for (LoadOrder order : LoadOrder.values()) {
      for (int batch : List.of(0, 1, 7, 50)) {
        GroupRules rules =
            new GroupRules(order, OrderBy.VM, Collective.SUM, batch, 3, new ReaderLimits(0, 0, 2));
        assertThat(positions(Replay.of(rules, vms))).doesNotHaveDuplicates().hasSize(vms.size());
      }
    }
  }
}
