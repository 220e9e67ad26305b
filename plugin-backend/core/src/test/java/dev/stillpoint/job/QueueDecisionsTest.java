package dev.stillpoint.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillpoint.hypervisor.Freezing;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.PolicyId;
import dev.stillpoint.model.RestorePointId;
import dev.stillpoint.model.RunId;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.model.VmId;
import dev.stillpoint.testing.Wish;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which run is next, when, and what is done again: values in, decisions out. */
class QueueDecisionsTest {

  private static final Instant NOW = Instant.parse("2026-11-21T05:00:00Z");
  private static final SiteId SITE = new SiteId("site-1");
  private static final Duration FIVE = Duration.ofMinutes(5);

  private final RetryRule rule = new RetryRule(3, FIVE);

  private static BackupRequest request(String... vms) {
    return new BackupRequest(
        Optional.of(new PolicyId("policy")),
        Arrays.stream(vms).map(vm -> new BackupRequest.NamedVm(new VmId(vm), vm)).toList(),
        List.of(),
        Freezing.NONE);
  }

  private static Run run(String id, String... vms) {
    return Run.queued(new RunId(id), SITE, request(vms), NOW);
  }

  private static Run later(String id, Instant notBefore, String... vms) {
    BackupRequest request = request(vms);
    return Run.queued(
        new RunId(id),
        SITE,
        request.repeated(request.vms(), new BackupRequest.Repeat(new RunId("x"), 1, notBefore)),
        NOW);
  }

  private static Run restore(String id) {
    return Run.queued(
        new RunId(id), SITE, Wish.inPlace(new RestorePointId("p"), "a").request(), NOW);
  }

  private static List<String> started(int parallel, List<Run> running, Run... waiting) {
    return new QueueOrder(parallel)
        .decide(running, List.of(waiting), NOW).stream()
            .filter(QueueOrder.Decision::starts)
            .map(decision -> decision.run().id().value())
            .toList();
  }

  @Test
  void oneRunAtATimeFirstInFirstOut() {
    assertThat(started(1, List.of(), run("1", "a"), run("2", "b"))).containsExactly("1");
    assertThat(started(1, List.of(run("0", "z")), run("1", "a"))).isEmpty();
    assertThat(started(2, List.of(), run("1", "a"), run("2", "b"), run("3", "c")))
        .containsExactly("1", "2");
  }

  @Test
  void twoRunsOnOneVmNeverRunAtOnceAndTheSecondSaysWhatItWaitsFor() {
    List<QueueOrder.Decision> decisions =
        new QueueOrder(3)
            .decide(
                List.of(run("1", "a", "b")),
                List.of(run("2", "b", "c"), run("3", "c"), run("4", "d")),
                NOW);
    assertThat(decisions)
        .extracting(QueueOrder.Decision::starts)
        .containsExactly(false, false, true);
    assertThat(decisions.get(0).reason()).isEqualTo("Run 1 is about b too");
    assertThat(decisions.get(1).reason())
        .as("it must not overtake for ever one that wants the same VM")
        .isEqualTo("Run 2 is about c too");
  }

  @Test
  void theSameVmIdAtAnotherSiteIsAnotherVm() {
    Run elsewhere = Run.queued(new RunId("9"), new SiteId("site-2"), request("a"), NOW);
    assertThat(started(2, List.of(elsewhere), run("1", "a"))).containsExactly("1");
  }

  @Test
  void aRestoreInPlaceRunsAloneAtItsSite() {
    assertThat(started(3, List.of(run("1", "b")), restore("2"))).isEmpty();
    assertThat(started(3, List.of(restore("2")), run("1", "b"))).isEmpty();
  }

  @Test
  void aRunThatTriesAgainWaitsForItsTimeAndHoldsUpNobody() {
    Run retry = later("1", NOW.plusSeconds(1), "a");
    assertThat(started(1, List.of(), retry, run("2", "a"))).containsExactly("2");
    assertThat(started(1, List.of(), later("1", NOW, "a"), run("2", "a"))).containsExactly("1");
  }

  @Test
  void tellsPositionsAndExpectedStarts() {
    Run running = run("0", "z").start(NOW.minus(Duration.ofMinutes(10)));
    Map<RunId, QueueForecast.Position> positions =
        QueueForecast.of(
            new QueueOrder(1),
            List.of(running),
            List.of(run("1", "a"), later("2", NOW.plus(Duration.ofHours(9)), "b"), run("3", "c")),
            run -> Optional.of(Duration.ofMinutes(30)),
            NOW);
    assertThat(positions.get(new RunId("1")).number()).isEqualTo(1);
    assertThat(positions.get(new RunId("1")).start()).contains(NOW.plus(Duration.ofMinutes(20)));
    assertThat(positions.get(new RunId("2")).start()).contains(NOW.plus(Duration.ofHours(9)));
    assertThat(positions.get(new RunId("3")).start()).contains(NOW.plus(Duration.ofMinutes(50)));
    assertThat(positions.get(new RunId("3")).reason())
        .isEqualTo("1 of 1 runs at a time are under way");
  }

  @Test
  void behindARunOfUnknownLengthNoStartIsTold() {
    Map<RunId, QueueForecast.Position> positions =
        QueueForecast.of(
            new QueueOrder(2),
            List.of(run("0", "z").start(NOW)),
            List.of(run("1", "a"), run("2", "b")),
            run -> Optional.empty(),
            NOW);
    assertThat(positions.get(new RunId("1")).start()).contains(NOW);
    assertThat(positions.get(new RunId("2")).start()).isEmpty();
  }

  @Test
  void aRunThatTakesLongerThanExpectedMayEndAnyMoment() {
    Map<RunId, QueueForecast.Position> positions =
        QueueForecast.of(
            new QueueOrder(1),
            List.of(run("0", "z").start(NOW.minus(Duration.ofDays(1)))),
            List.of(run("1", "a")),
            run -> Optional.of(FIVE),
            NOW);
    assertThat(positions.get(new RunId("1")).start()).contains(NOW);
  }

  private static Run ended(Run run, ErrorKind... problems) {
    Run ended = run.start(NOW);
    for (int i = 0; i < problems.length; i++) {
      Problem problem = new Problem(problems[i], "no", "");
      ended = ended.withVm(i, task -> task.withProblem(TaskState.FAILED, problem));
    }
    for (int i = problems.length; i < run.vms().size(); i++) {
      ended = ended.withVm(i, task -> task.withState(TaskState.SUCCEEDED));
    }
    return ended.end(RunState.FAILED, Optional.empty(), NOW);
  }

  @Test
  void onlyWhatThePlatformRefusedIsTriedAgainWithGrowingPauses() {
    Run failed =
        ended(
            run("1", "a", "b", "c", "d"),
            ErrorKind.HYPERVISOR_UNAVAILABLE,
            ErrorKind.OUT_OF_SPACE,
            ErrorKind.HYPERVISOR_REFUSED);
    BackupRequest again = rule.after(failed, NOW).orElseThrow();
    assertThat(again.vms()).extracting(BackupRequest.NamedVm::name).containsExactly("a", "c");
    assertThat(again.repeat())
        .contains(new BackupRequest.Repeat(new RunId("1"), 1, NOW.plus(FIVE)));
    Duration[] pauses = {FIVE, FIVE.multipliedBy(3), FIVE.multipliedBy(9)};
    Run run = failed;
    for (int attempt = 1; attempt <= 3; attempt++) {
      BackupRequest next = rule.after(run, NOW).orElseThrow();
      assertThat(next.repeat().orElseThrow().notBefore()).isEqualTo(NOW.plus(pauses[attempt - 1]));
      run =
          ended(
              Run.queued(new RunId("r" + attempt), SITE, next, NOW),
              ErrorKind.HYPERVISOR_UNAVAILABLE,
              ErrorKind.HYPERVISOR_UNAVAILABLE);
    }
    assertThat(rule.after(run, NOW)).as("enough").isEmpty();
  }

  @Test
  void aWholeRunThatTheSiteDidNotAnswerIsTriedAgain() {
    Run run = run("1", "a", "b").start(NOW);
    Run ended =
        RunEnds.end(
            run,
            RunState.FAILED,
            Optional.of(new Problem(ErrorKind.HYPERVISOR_UNAVAILABLE, "away", "")),
            NOW);
    assertThat(rule.after(ended, NOW).orElseThrow().vms()).hasSize(2);
  }

  @Test
  void whatSomebodyAskedForByHandIsNotTriedAgainByItself() {
    BackupRequest policy = request("a");
    BackupRequest byHand =
        new BackupRequest(Optional.empty(), policy.vms(), List.of(), Freezing.NONE);
    Run failed =
        ended(Run.queued(new RunId("1"), SITE, byHand, NOW), ErrorKind.HYPERVISOR_UNAVAILABLE);
    assertThat(rule.after(failed, NOW)).isEmpty();
    assertThat(rule.afterInterruption(failed, NOW)).isEmpty();
    assertThat(
            new RetryRule(0, FIVE).after(ended(run("1", "a"), ErrorKind.HYPERVISOR_REFUSED), NOW))
        .isEmpty();
  }

  @Test
  void byHandTheFailedAndTheCancelledAreDoneAgainAndNothingElse() {
    Run run =
        ended(run("1", "a", "b", "c"), ErrorKind.OUT_OF_SPACE)
            .withVm(1, task -> task.withState(TaskState.CANCELLED));
    BackupRequest again = RetryRule.byHand(run, NOW);
    assertThat(again.vms()).extracting(BackupRequest.NamedVm::name).containsExactly("a", "b");
    assertThat(again.repeat().orElseThrow().attempt()).isZero();
    assertThatThrownBy(() -> RetryRule.byHand(ended(run("1", "a")), NOW))
        .hasMessageContaining("No VM of run 1 failed");
    assertThatThrownBy(() -> RetryRule.byHand(run("1", "a"), NOW))
        .hasMessageContaining("has not ended");
    assertThatThrownBy(
            () ->
                RetryRule.byHand(
                    restore("1").start(NOW).end(RunState.FAILED, Optional.empty(), NOW), NOW))
        .hasMessageContaining("is a restore");
  }

  @Test
  void theMedianOfTheRunsThatWentWellForetellsTheNext() {
    List<Run> history =
        List.of(
            lasting(RunState.SUCCEEDED, 10),
            lasting(RunState.WARNING, 30),
            lasting(RunState.FAILED, 1),
            lasting(RunState.CANCELLED, 1),
            lasting(RunState.SUCCEEDED, 500));
    assertThat(RunLengths.predict(history)).contains(Duration.ofMinutes(30));
    assertThat(RunLengths.predict(List.of(lasting(RunState.FAILED, 3)))).isEmpty();
  }

  private static Run lasting(RunState state, int minutes) {
    return run("1", "a")
        .start(NOW)
        .end(state, Optional.empty(), NOW.plus(Duration.ofMinutes(minutes)));
  }
}
