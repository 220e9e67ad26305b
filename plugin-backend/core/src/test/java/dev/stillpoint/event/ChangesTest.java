package dev.stillpoint.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillpoint.group.GroupSettings;
import dev.stillpoint.hypervisor.Freezing;
import dev.stillpoint.job.BackupRequest;
import dev.stillpoint.job.DiskTask;
import dev.stillpoint.job.Run;
import dev.stillpoint.job.RunState;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.DiskId;
import dev.stillpoint.model.RestorePointId;
import dev.stillpoint.model.RunId;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.VmId;
import dev.stillpoint.repository.SpaceReport;
import dev.stillpoint.retention.VmRef;
import dev.stillpoint.testing.Samples;
import dev.stillpoint.testing.TestingClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChangesTest {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final VmId VM = new VmId("vm-1");

  private final TestingClock clock = new TestingClock(Samples.TIME);
  private final Map<RunId, Run> runs = new ConcurrentHashMap<>();
  private volatile SpaceReport space = space(10);
  private Changes changes;

  @BeforeEach
  void start() {
    changes =
        new Changes(
            new Changes.Sources(
                () -> runs.values().stream().filter(run -> !run.state().isFinal()).toList(),
                id -> Optional.ofNullable(runs.get(id)),
                () -> space),
            clock);
  }

  @AfterEach
  void stop() {
    changes.close();
  }

  @Test
  void whoBeginsToListenIsToldHowEverythingIs() throws InterruptedException {
    change(run("a"));
    begun();
    Mailbox second = changes.listen();
    changes.look();
    assertThat(keys(second)).containsExactlyInAnyOrder("run a", "queue", "space");
  }

  @Test
  void tellsOnlyWhatIsNotAsItWas() throws InterruptedException {
    change(run("a"));
    Mailbox mailbox = begun();
    changes.look();
    assertThat(mailbox.take(Duration.ZERO)).contains(List.of());
    space = space(20);
    changes.look();
    assertThat(keys(mailbox)).containsExactly("space");
  }

  @Test
  void aRunIsToldWithItsPaceAndItsEnd() throws InterruptedException {
    Run run = run("a").start(Samples.TIME);
    change(run);
    Mailbox mailbox = begun();
    clock.advance(Duration.ofSeconds(2));
    Run further = run.withVm(0, task -> task.withDisk(disk(500)));
    change(further);
    changes.look();
    Change.OfRun told = (Change.OfRun) mailbox.take(SOON).orElseThrow().get(0);
    assertThat(told.bytesPerSecond()).containsExactly(250.0);

    change(further.end(RunState.FAILED, Optional.empty(), Samples.TIME));
    changes.look();
    List<Change> last = mailbox.take(SOON).orElseThrow();
    assertThat(last.stream().map(Change::key)).containsExactly("run a", "queue");
    assertThat(((Change.OfRun) last.get(0)).run().state()).isEqualTo(RunState.FAILED);
  }

  @Test
  void aRunThatBeginsAndEndsBetweenTwoLooksIsTold() throws InterruptedException {
    Mailbox mailbox = begun();
    Run run = run("a").start(Samples.TIME).end(RunState.SUCCEEDED, Optional.empty(), Samples.TIME);
    change(run);
    changes.ended(run);
    changes.look();
    assertThat(keys(mailbox)).containsExactly("run a");
    changes.look();
    assertThat(mailbox.take(Duration.ZERO)).contains(List.of());
  }

  @Test
  void pointsThatComeAndGoAreToldByVm() throws InterruptedException {
    Run run = run("a").start(Samples.TIME);
    change(run);
    Mailbox mailbox = begun();
    change(run.withVm(0, task -> task.withPoint(new RestorePointId("p"))));
    changes.look();
    assertThat(mailbox.take(SOON).orElseThrow())
        .contains(new Change.OfPoints(Samples.SITE, Set.of(VM)));
    changes.lost(new VmRef(Samples.SITE, new VmId("vm-2")));
    changes.look();
    assertThat(mailbox.take(SOON).orElseThrow())
        .containsExactly(new Change.OfPoints(Samples.SITE, Set.of(new VmId("vm-2"))));
  }

  @Test
  void whoDoesNotTakeFindsTheNewestAndNoMoreThanThat() throws InterruptedException {
    Run run = run("a").start(Samples.TIME);
    change(run);
    Mailbox mailbox = begun();
    for (int i = 1; i <= 5000; i++) {
      int done = i;
      change(run.withVm(0, task -> task.withDisk(disk(done))));
      changes.lost(new VmRef(Samples.SITE, new VmId("vm-" + i)));
      changes.look();
    }
    List<Change> taken = mailbox.take(SOON).orElseThrow();
    assertThat(taken.stream().map(Change::key)).containsExactlyInAnyOrder("run a", "points site-1");
    assertThat(taken).contains(new Change.OfPoints(Samples.SITE, Set.of()));
    Change.OfRun told = (Change.OfRun) taken.get(0);
    assertThat(told.run().vms().get(0).disks().get(0).done()).isEqualTo(ByteCount.ofBytes(5000));
  }

  @Test
  void whoIsTooFarBehindHasToBeginAnew() throws InterruptedException {
    Mailbox mailbox = begun();
    IntStream.range(0, 1100).forEach(i -> change(run("run-" + i)));
    changes.look();
    assertThat(mailbox.take(SOON)).isEmpty();
  }

  @Test
  void aSourceThatFailsForAWhileIsAskedAgain() throws InterruptedException {
    change(run("a"));
    Mailbox mailbox = begun();
    SpaceReport before = space;
    space = null;
    changes.look();
    space = before;
    change(run("b"));
    changes.look();
    assertThat(keys(mailbox)).contains("run b");
  }

  @Test
  void listenersAreToldWhenThereIsNoMoreAndNoneCanComeThen() throws InterruptedException {
    Mailbox mailbox = begun();
    changes.close();
    assertThat(mailbox.take(SOON)).isEmpty();
    assertThatThrownBy(changes::listen).isInstanceOf(StillpointException.class);
  }

  @Test
  void thereIsRoomForAHundredListeners() {
    List<Mailbox> all = IntStream.range(0, 100).mapToObj(i -> changes.listen()).toList();
    assertThatThrownBy(changes::listen).hasMessageContaining("100 listen already");
    all.get(0).close();
    changes.listen();
  }

  /** A listener who has been told how everything is. */
  private Mailbox begun() throws InterruptedException {
    Mailbox mailbox = changes.listen();
    changes.look();
    assertThat(keys(mailbox)).contains("space");
    return mailbox;
  }

  private static List<String> keys(Mailbox mailbox) throws InterruptedException {
    return mailbox.take(SOON).orElseThrow().stream().map(Change::key).toList();
  }

  private void change(Run run) {
    runs.put(run.id(), run);
  }

  private static Run run(String id) {
    return Run.queued(
        new RunId(id),
        Samples.SITE,
        new BackupRequest(
            Optional.empty(),
            List.of(new BackupRequest.NamedVm(VM, "web")),
            List.of(),
            Freezing.NONE,
            GroupSettings.STANDARD),
        Samples.TIME);
  }

  private static DiskTask disk(long done) {
    ByteCount total = ByteCount.ofBytes(10_000);
    return DiskTask.planned(new DiskId("d"), "d", DiskTask.Mode.FULL, "first", total, total)
        .withProgress(ByteCount.ofBytes(done), total, total, Duration.ofSeconds(1));
  }

  private static SpaceReport space(long used) {
    return new SpaceReport(
        Optional.empty(),
        ByteCount.ZERO,
        ByteCount.ofBytes(used),
        ByteCount.ZERO,
        Optional.empty(),
        ByteCount.ZERO,
        ByteCount.ZERO,
        1);
  }
}
