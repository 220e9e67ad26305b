package dev.stillpoint.upkeep;

import static dev.stillpoint.testing.Workbench.mebibytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillpoint.catalog.RestorePoint;
import dev.stillpoint.group.GroupSettings;
import dev.stillpoint.hypervisor.Freezing;
import dev.stillpoint.job.BackupRequest;
import dev.stillpoint.job.Run;
import dev.stillpoint.model.CheckpointId;
import dev.stillpoint.model.DiskId;
import dev.stillpoint.model.PolicyId;
import dev.stillpoint.model.RestorePointId;
import dev.stillpoint.model.RunId;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.VmId;
import dev.stillpoint.policy.Policy;
import dev.stillpoint.retention.Gfs;
import dev.stillpoint.retention.Hold;
import dev.stillpoint.retention.Retention;
import dev.stillpoint.retention.RunKind;
import dev.stillpoint.testing.Wish;
import dev.stillpoint.testing.Workbench;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpkeepTest {

  private static final PolicyId POLICY = new PolicyId("policy-1");
  private static final Retention TWO_DAYS =
      new Retention(Map.of(RunKind.MANUAL, Period.ofDays(2)), 0, Gfs.NONE, ZoneOffset.UTC);

  @TempDir Path directory;
  private UpkeepBench it;
  private VmId vm;

  @BeforeEach
  void start() {
    it = new UpkeepBench(directory.resolve("repository"));
    it.bench.retention.set(TWO_DAYS);
    it.bench.queue.start();
    vm = it.bench.site.addVm("web01", mebibytes(3));
    it.keep(policy());
  }

  @AfterEach
  void stop() {
    it.close();
  }

  private Policy policy() {
    return new Policy(
        POLICY,
        "nightly",
        Workbench.SITE,
        List.of(vm),
        List.of(),
        Freezing.NONE,
        true,
        Optional.empty(),
        Optional.empty(),
        GroupSettings.STANDARD,
        Optional.of(TWO_DAYS));
  }

  private RestorePointId backup() {
    Run run =
        it.bench.run(
            new BackupRequest(
                Optional.of(POLICY),
                List.of(new BackupRequest.NamedVm(vm, "web01")),
                List.of(),
                Freezing.NONE));
    return run.vms().get(0).point().orElseThrow();
  }

  /** Writes over so many of the disk's first blocks. */
  private void guestWrites(int blocks) {
    DiskId disk = it.bench.site.disks(vm).get(0);
    byte[] data = new byte[blocks * 64 * 1024];
    new Random(it.bench.clock.instant().toEpochMilli()).nextBytes(data);
    it.bench.site.write(disk, 0, data);
  }

  @Test
  void historyIsForgottenAfterItsTimeButNotByAClockThatJumpedAhead() {
    Instant start = it.bench.clock.instant();
    it.hours(1);
    assertThat(it.history.befores)
        .as("runs, then the audit log")
        .containsOnly(start.plus(Duration.ofHours(1)).minus(Duration.ofDays(400)));
    it.history.befores.clear();
    it.bench.clock.advance(Duration.ofDays(4000));
    it.upkeep.look();
    assertThat(it.history.befores).isEmpty();
  }

  @Test
  void expiresWhatThePlanSaysAndNothingElse() {
    RestorePointId first = backup();
    it.hours(24);
    RestorePointId second = backup();
    it.hours(23);
    assertThat(it.points()).containsExactly(second.value(), first.value());
    it.hours(1);
    assertThat(it.points()).containsExactly(second.value());
    assertThat(it.bench.repository.manifests()).hasSize(1);
    assertThat(it.told).containsExactly("its time ended 2026-11-23T05:00:00Z");
    // The newest of a policy that lives stays, however late it is.
    it.days(20);
    assertThat(it.points()).containsExactly(second.value());
  }

  @Test
  void whatIsShownIsWhatIsDone() {
    backup();
    it.hours(24);
    backup();
    it.passes(Duration.ofDays(3));
    it.expirer.reconcile();
    List<String> shown =
        it.plans.at(it.bench.clock.instant()).ofPolicy(POLICY).expiring().stream()
            .map(decision -> decision.point().id().value())
            .toList();
    assertThat(it.expirer.expireDue())
        .extracting(decision -> decision.point().id().value())
        .containsExactlyElementsOf(shown)
        .hasSize(1);
  }

  @Test
  void pointsOfADeletedVmExpireOnceItHasNotBeenSeenForAWeek() {
    VmId other = it.bench.site.addVm("other", mebibytes(1));
    assertThat(other).isNotEqualTo(vm);
    RestorePointId point = backup();
    it.hours(1);
    it.bench.site.removeVm(vm);
    it.days(6);
    it.hours(23);
    assertThat(it.points()).containsExactly(point.value());
    it.hours(2);
    assertThat(it.points()).isEmpty();
  }

  @Test
  void aManagerThatShowsNothingMakesNoVmGone() {
    RestorePointId point = backup();
    it.hours(1);
    it.bench.site.removeVm(vm);
    it.days(30);
    assertThat(it.points()).containsExactly(point.value());
  }

  @Test
  void aHeldPointStaysAndCannotBeDeleted() {
    RestorePointId first = backup();
    it.hours(1);
    backup();
    Holds holds = new Holds(it.holds, true, it.bench.clock);
    holds.place(first, Optional.empty(), "a lawsuit", "admin");
    it.days(5);
    assertThat(it.points()).contains(first.value());
    assertThatThrownBy(() -> it.expirer.delete(List.of(it.kept(first)), "me"))
        .isInstanceOf(StillpointException.class)
        .hasMessageContaining("held by admin: a lawsuit");
    holds.release(first);
    it.hours(1);
    assertThat(it.points()).doesNotContain(first.value());
  }

  @Test
  void holdsAreRefusedWhereTheyAreNotAllowedOrSenseless() {
    RestorePointId point = backup();
    assertThatThrownBy(
            () ->
                new Holds(it.holds, false, it.bench.clock)
                    .place(point, Optional.empty(), "x", "me"))
        .hasMessageContaining("cannot be held here");
    Holds holds = new Holds(it.holds, true, it.bench.clock);
    assertThatThrownBy(() -> holds.place(point, Optional.empty(), " ", "me"))
        .hasMessageContaining("needs a reason");
    assertThatThrownBy(() -> holds.place(point, Optional.of(it.bench.clock.instant()), "x", "me"))
        .hasMessageContaining("would have ended already");
    assertThatThrownBy(() -> holds.release(point)).hasMessageContaining("is not held");
    assertThat(it.holds.all()).isEqualTo(List.<Hold>of());
  }

  @Test
  void aPointThatARestoreWaitsForIsLeftAlone() {
    RestorePointId first = backup();
    it.hours(1);
    backup();
    it.unfinished.add(
        Run.queued(
            new RunId("waiting"),
            Workbench.SITE,
            Wish.asNew(first, "copy").request(),
            it.bench.clock.instant()));
    it.days(5);
    assertThat(it.points()).contains(first.value());
    assertThatThrownBy(() -> it.expirer.delete(List.of(it.kept(first)), "me"))
        .hasMessageContaining("Run waiting works with");
    it.unfinished.clear();
    it.hours(1);
    assertThat(it.points()).doesNotContain(first.value());
  }

  @Test
  void theCheckpointOfTheNewestPointGoesWithIt() {
    backup();
    it.hours(1);
    RestorePointId newest = backup();
    RestorePoint point = it.bench.catalog.find(newest).orElseThrow();
    List<CheckpointId> before = it.bench.site.checkpoints(vm);
    assertThat(before).contains(point.checkpoint().orElseThrow());

    it.expirer.delete(List.of(it.kept(newest)), "me");
    it.bench.sweeper.sweepIdle(it.bench.journal.all());

    assertThat(it.bench.site.checkpoints(vm)).doesNotContain(point.checkpoint().orElseThrow());
    assertThat(it.bench.journal.all()).isEmpty();
    guestWrites(2);
    assertThat(it.bench.catalog.find(backup()).orElseThrow().disks().get(0).readMode().reason())
        .isEqualTo("the checkpoint of the last backup is gone");
  }

  @Test
  void aClockThatJumpsAheadExpiresNothingUntilItHasGoneOnForAnHour() {
    RestorePointId first = backup();
    it.hours(1);
    backup();
    it.bench.clock.advance(Duration.ofDays(300));
    it.upkeep.look();
    it.passes(Duration.ofMinutes(30));
    it.upkeep.look();
    assertThat(it.points()).contains(first.value());
    // Set back before the hour is over: nothing has happened.
    it.bench.clock.set(it.bench.clock.instant().minus(Duration.ofDays(300)));
    it.hours(3);
    assertThat(it.points()).contains(first.value());
    // Not set back: it was right.
    it.bench.clock.advance(Duration.ofDays(300));
    it.upkeep.look();
    assertThat(it.points()).contains(first.value());
    it.hours(1);
    assertThat(it.points()).doesNotContain(first.value());
  }

  @Test
  void whatADeletionFreesIsSaidBeforeAndComesFree() {
    guestWrites(40);
    RestorePointId first = backup();
    it.hours(1);
    guestWrites(16);
    RestorePointId second = backup();
    it.hours(1);
    guestWrites(8);
    RestorePointId third = backup();
    it.expirer.reconcile();

    // The second has 16 blocks of its own, of which the third has written 8 anew.
    assertThat(frees(second)).isBetween(8L * 64 * 1024 - 9000, 8L * 64 * 1024 + 9000);
    // The first has 40, of which the third has 24 still.
    assertThat(frees(first)).isBetween(16L * 64 * 1024 - 9000, 16L * 64 * 1024 + 9000);
    assertThat(frees(first, second)).isBetween(24L * 64 * 1024 - 9000, 24L * 64 * 1024 + 9000);

    long stored = it.bench.repository.space().packs().bytes();
    assertThat(frees(first, second, third)).isLessThanOrEqualTo(stored).isGreaterThan(stored / 2);
  }

  @Test
  void whatIsDeletedComesFree() {
    vm = it.bench.site.addVm("large", mebibytes(80));
    RestorePointId point = backup();
    it.expirer.reconcile();
    long said = frees(point);
    long before = it.bench.repository.space().packs().bytes();

    it.expirer.delete(List.of(it.kept(point)), "me");
    it.collecting.start("test", false);
    it.collected();
    assertThat(it.collecting.state().last().orElseThrow().problem()).isEmpty();
    long freed = before - it.bench.repository.space().packs().bytes();
    // The pack that is written to now stays.
    assertThat(freed).isBetween(said / 3, said + said / 50);
  }

  private long frees(RestorePointId... points) {
    return it.freed
        .of(Arrays.stream(points).map(it::kept).toList())
        .values()
        .iterator()
        .next()
        .bytes();
  }

  @Test
  void collectsByItselfWhenEnoughHasExpired() {
    vm = it.bench.site.addVm("large", mebibytes(80));
    it.keep(policy());
    backup();
    it.hours(24);
    guestWrites(80 * 16);
    backup();
    it.hours(24);
    it.collected();
    CollectState.Outcome outcome = it.collecting.state().last().orElseThrow();
    assertThat(outcome.why()).startsWith("expired points had");
    assertThat(
            outcome.summary().orElseThrow().packsRewritten()
                + outcome.summary().orElseThrow().packsDeleted())
        .isPositive();
    assertThat(it.upkeep.decide().start()).isFalse();
  }

  @Test
  void writesDownHowFullItIsEachDay() {
    backup();
    it.days(5);
    assertThat(it.space.days(LocalDate.EPOCH)).hasSize(5);
    Figures figures = new Figures(it.bench.repository, it.ledger, it.space, it.bench.clock);
    assertThat(figures.forecast().reason()).contains("not within 20 years");
    VmFigures ofVm = figures.ofVms().values().iterator().next();
    assertThat(ofVm.points()).isEqualTo(1);
    assertThat(ofVm.unique().bytes()).isPositive();
    assertThat(figures.growth(Set.of(it.ledger.totals().get(0).vm().vm())).values())
        .containsExactly(0L);
    assertThat(figures.growth(Set.of())).isEmpty();
  }
}
