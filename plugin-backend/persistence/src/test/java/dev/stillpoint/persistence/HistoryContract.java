package dev.stillpoint.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.history.RunConditions;
import dev.stillpoint.history.RunLine;
import dev.stillpoint.history.RunSort;
import dev.stillpoint.history.RunVmLine;
import dev.stillpoint.history.VmConditions;
import dev.stillpoint.history.VmSort;
import dev.stillpoint.history.VmState;
import dev.stillpoint.hypervisor.Freezing;
import dev.stillpoint.hypervisor.OutsideEffect;
import dev.stillpoint.job.BackupRequest;
import dev.stillpoint.job.JournalEntry;
import dev.stillpoint.job.Problem;
import dev.stillpoint.job.Run;
import dev.stillpoint.job.RunState;
import dev.stillpoint.job.TaskState;
import dev.stillpoint.model.CheckpointId;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.PolicyId;
import dev.stillpoint.model.RestorePointId;
import dev.stillpoint.model.RunId;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.model.VmId;
import dev.stillpoint.page.Page;
import dev.stillpoint.page.Slice;
import dev.stillpoint.testing.Samples;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the history of runs and VMs tells on every database. */
abstract class HistoryContract {

  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final Problem FULL =
      new Problem(ErrorKind.OUT_OF_SPACE, "Storage nfs1 is full", "Free some.");

  /** The same database, empty at the beginning of each test. */
  abstract Database database();

  private static <T> Optional<T> none() {
    return Optional.empty();
  }

  private static Run queued(String id, int second, String... vms) {
    return Run.queued(
        new RunId(id),
        Samples.SITE,
        new BackupRequest(
            Optional.of(new PolicyId("nightly")),
            Arrays.stream(vms)
                .map(vm -> new BackupRequest.NamedVm(new VmId(vm), "name of " + vm))
                .toList(),
            List.of(),
            Freezing.NONE),
        NOON.plusSeconds(second));
  }

  /** Kept from being asked for to its end. */
  private Run good(String id, int second, String... vms) {
    Run run = queued(id, second, vms);
    database().runs().insert(run);
    Run ended = run.start(NOON.plusSeconds(second + 1));
    for (int i = 0; i < vms.length; i++) {
      String point = id + "-" + vms[i];
      ended =
          ended.withVm(
              i, task -> task.withPoint(new RestorePointId(point)).withState(TaskState.SUCCEEDED));
    }
    ended = ended.end(RunState.SUCCEEDED, none(), NOON.plusSeconds(second + 2));
    database().runs().update(ended);
    return ended;
  }

  private Run bad(String id, int second, String vm) {
    Run run = queued(id, second, vm);
    database().runs().insert(run);
    Run ended =
        run.start(NOON.plusSeconds(second + 1))
            .withVm(0, task -> task.withProblem(TaskState.FAILED, FULL))
            .end(RunState.FAILED, none(), NOON.plusSeconds(second + 2));
    database().runs().update(ended);
    return ended;
  }

  private List<String> ids(RunConditions conditions) {
    return runs(conditions).items().stream().map(line -> line.id().value()).toList();
  }

  private Page<RunLine> runs(RunConditions conditions) {
    return database().history().runs(conditions, Slice.first(RunSort.TIME, true, 100));
  }

  private static RunConditions about(Optional<String> vm, Optional<Set<VmId>> among) {
    return new RunConditions(none(), none(), none(), none(), vm, among, none(), none());
  }

  @Test
  void forgetsOldRunsThatNothingNeedsAndNoOther() {
    Instant later = NOON.plusSeconds(3600);
    for (int i = 0; i < 25; i++) {
      good("old-" + i, i, "vm-1");
    }
    good("with-effect", 50, "vm-2");
    database()
        .journal()
        .add(
            List.of(
                new JournalEntry(
                    new RunId("old-1"),
                    Samples.SITE,
                    OutsideEffect.checkpoint(new VmId("vm-1"), new CheckpointId("c")),
                    NOON)));
    database().runs().insert(queued("waiting", 60, "vm-1"));
    good("new", 3700, "vm-1");

    assertThat(database().history().forgetBefore(NOON)).isZero();
    int gone = database().history().forgetBefore(later);

    assertThat(ids(RunConditions.NONE))
        .as("the twenty newest of the policy, the effect's, what waits, what is new")
        .contains("old-1", "old-24", "with-effect", "waiting", "new")
        .doesNotContain("old-0", "old-2", "old-7")
        .hasSize(28 - gone);
    assertThat(gone).isEqualTo(7);
    assertThat(database().runs().find(new RunId("old-0"))).isEmpty();
    assertThat(ids(about(Optional.of("vm-1"), none()))).doesNotContain("old-0").contains("old-1");
    assertThat(database().history().forgetBefore(later)).isZero();
  }

  @Test
  void aRunStaysAsLongAsAPointOfItIsThere() {
    database().catalog().add(Samples.richPoint("p"));
    String kept = Samples.richPoint("p").run().value();
    database().runs().insert(Samples.failedRestore(kept));

    database().history().forgetBefore(Instant.parse("2100-01-01T00:00:00Z"));
    assertThat(ids(RunConditions.NONE)).contains(kept);
    database().catalog().remove(new RestorePointId("p"));
    database().history().forgetBefore(Instant.parse("2100-01-01T00:00:00Z"));
    assertThat(ids(RunConditions.NONE)).doesNotContain(kept);
  }

  @Test
  void tellsOfARunWhatALineShowsAtEveryMomentOfIt() {
    Run run = Samples.busyBackup("1");
    database().runs().insert(run);
    assertThat(runs(RunConditions.NONE).items()).containsExactly(RunLine.of(run));
    Run ended = run.end(RunState.FAILED, Optional.of(FULL), NOON);
    database().runs().update(ended);
    assertThat(runs(RunConditions.NONE).items()).containsExactly(RunLine.of(ended));
    assertThat(RunLine.of(ended).problem()).contains("Storage nfs1 is full");
    database().runs().insert(Samples.failedRestore("2"));
    assertThat(ids(RunConditions.NONE)).containsExactly("2", "1");
  }

  @Test
  void findsRunsBySiteKindStatePolicyAndTime() {
    good("a", 0, "vm-1");
    bad("b", 10, "vm-1");
    database().runs().insert(Samples.failedRestore("c"));
    Optional<SiteId> here = Optional.of(Samples.SITE);
    assertThat(
            ids(
                new RunConditions(
                    here,
                    Optional.of(RunLine.Kind.BACKUP),
                    Optional.of(RunState.FAILED),
                    Optional.of(new PolicyId("nightly")),
                    none(),
                    none(),
                    Optional.of(NOON.plusSeconds(10)),
                    Optional.of(NOON.plusSeconds(11)))))
        .containsExactly("b");
    assertThat(
            ids(
                new RunConditions(
                    none(),
                    Optional.of(RunLine.Kind.RESTORE),
                    none(),
                    none(),
                    none(),
                    none(),
                    none(),
                    none())))
        .containsExactly("c");
    assertThat(
            ids(
                new RunConditions(
                    none(), none(), none(), none(), none(), none(), none(), Optional.of(NOON))))
        .as("of the morning")
        .containsExactly("c");
  }

  @Test
  void findsTheRunsOfAVmByItsIdOrName() {
    good("a", 0, "vm-1", "vm-2");
    good("b", 10, "vm-2");
    assertThat(ids(about(Optional.of("vm-1"), none()))).containsExactly("a");
    assertThat(ids(about(Optional.of("name of vm-2"), none()))).containsExactly("b", "a");
    assertThat(ids(about(Optional.of("vm"), none()))).isEmpty();
  }

  @Test
  void showsARunOnlyToWhomSeesAllItsVms() {
    good("a", 0, "vm-1", "vm-2");
    good("b", 10, "vm-2");
    Set<VmId> one = Set.of(new VmId("vm-2"));
    assertThat(ids(about(none(), Optional.of(one)))).containsExactly("b");
    assertThat(ids(about(none(), Optional.of(Set.of(new VmId("vm-1"), new VmId("vm-2"))))))
        .containsExactly("b", "a");
    assertThat(ids(about(none(), Optional.of(Set.of())))).isEmpty();
  }

  @Test
  void aRestoreIntoANewVmIsOfTheVmItIsMadeFrom() {
    database().catalog().add(Samples.point("point-1", "vm-9", NOON));
    Run restore =
        Run.queued(new RunId("r"), Samples.SITE, Samples.failedRestore("r").request(), NOON);
    database().runs().insert(restore);
    assertThat(ids(about(none(), Optional.of(Set.of(new VmId("vm-9")))))).containsExactly("r");
    assertThat(ids(about(none(), Optional.of(Set.of(new VmId("vm-1")))))).isEmpty();
  }

  @Test
  void givesARowForEachVmOfEachRunToTheLastPage() {
    Run first = good("a", 0, "vm-1", "vm-2", "vm-3");
    Run second = bad("b", 10, "vm-2");
    Slice<RunSort> two = Slice.first(RunSort.TIME, false, 2);
    Page<RunVmLine> page = database().history().vms(RunConditions.NONE, two);
    Page<RunVmLine> rest =
        database().history().vms(RunConditions.NONE, two.after(page.next().orElseThrow()));
    assertThat(page.items()).isEqualTo(RunVmLine.of(first).subList(0, 2));
    assertThat(rest.items())
        .containsExactly(RunVmLine.of(first).get(2), RunVmLine.of(second).get(0));
    assertThat(rest.next()).isEmpty();
    assertThat(rest.items().get(1).problem()).contains("Storage nfs1 is full");
    assertThat(
            database()
                .history()
                .vms(about(Optional.of("vm-1"), none()), Slice.first(RunSort.TIME, true, 9))
                .items())
        .containsExactly(RunVmLine.of(first).get(0));
  }

  private List<VmState> states(VmConditions conditions) {
    return database().history().states(conditions, Slice.first(VmSort.NAME, false, 100)).items();
  }

  @Test
  void tellsOfEachVmItsLastBackupAndItsLastGoodOne() {
    good("a", 0, "vm-1", "vm-2");
    bad("b", 10, "vm-1");
    List<VmState> states = states(VmConditions.NONE);
    assertThat(states).extracting(state -> state.vm().value()).containsExactly("vm-1", "vm-2");
    assertThat(states.get(0))
        .isEqualTo(
            new VmState(
                Samples.SITE,
                new VmId("vm-1"),
                "name of vm-1",
                new RunId("b"),
                TaskState.FAILED,
                NOON.plusSeconds(12),
                Optional.of(NOON.plusSeconds(2)),
                Optional.of(new RestorePointId("a-vm-1")),
                Optional.of("Storage nfs1 is full")));
    assertThat(states.get(1).state()).isEqualTo(TaskState.SUCCEEDED);
    assertThat(
            states(new VmConditions(none(), none(), none(), Optional.of(TaskState.FAILED), none())))
        .hasSize(1);
    assertThat(
            states(
                new VmConditions(
                    Optional.of(Samples.SITE),
                    none(),
                    Optional.of(Set.of(new VmId("vm-2"))),
                    none(),
                    none())))
        .extracting(state -> state.vm().value())
        .containsExactly("vm-2");
    assertThat(
            states(
                new VmConditions(none(), none(), none(), none(), Optional.of(NOON.plusSeconds(3)))))
        .hasSize(2);
  }

  @Test
  void aRunThatEndedEarlierButIsToldLaterChangesNothingOfAVmsLastBackup() {
    bad("late", 100, "vm-1");
    good("early", 0, "vm-1");
    assertThat(states(VmConditions.NONE))
        .extracting(state -> state.run().value())
        .containsExactly("late");
  }
}
