package dev.stillpoint.backup;

import static dev.stillpoint.testing.Workbench.mebibytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.group.Collective;
import dev.stillpoint.group.GroupReport;
import dev.stillpoint.group.GroupRules;
import dev.stillpoint.group.GroupSettings;
import dev.stillpoint.group.LoadOrder;
import dev.stillpoint.group.OrderBy;
import dev.stillpoint.group.ReaderLimits;
import dev.stillpoint.hypervisor.DiskLoad;
import dev.stillpoint.hypervisor.Freezing;
import dev.stillpoint.hypervisor.testing.FakeCall;
import dev.stillpoint.job.BackupRequest;
import dev.stillpoint.job.Run;
import dev.stillpoint.job.RunState;
import dev.stillpoint.job.TaskState;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.VmId;
import dev.stillpoint.testing.Workbench;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** VMs are read in the order of their loads, and each is rid of its snapshot at once. */
class GroupRunTest {

  private static final GroupSettings ONE_READER = settings(LoadOrder.HIGHEST_LOAD, 0, 1);

  @TempDir Path directory;
  private Workbench bench;

  @BeforeEach
  void start() {
    restart(ReaderLimits.NONE);
  }

  @AfterEach
  void stop() {
    bench.close();
  }

  private void restart(ReaderLimits limits) {
    if (bench != null) {
      bench.close();
    }
    GroupRules rules =
        new GroupRules(LoadOrder.HIGHEST_LOAD, OrderBy.VM, Collective.SUM, 0, 2, limits);
    bench =
        new Workbench(
            directory.resolve("repository"),
            new BackupRunner.Limits(rules, 20, new Sampling(0, mebibytes(1))));
    bench.queue.start();
  }

  private static GroupSettings settings(LoadOrder order, int batch, int readers) {
    return new GroupSettings(
        Optional.of(order),
        Optional.empty(),
        Optional.empty(),
        Optional.of(batch),
        Optional.of(readers));
  }

  private Run backup(GroupSettings group, VmId... vms) {
    List<BackupRequest.NamedVm> named =
        Arrays.stream(vms).map(vm -> new BackupRequest.NamedVm(vm, "vm " + vm)).toList();
    return bench.run(new BackupRequest(Optional.empty(), named, List.of(), Freezing.NONE, group));
  }

  private DiskLoad load(VmId vm, long bytesPerSecond) {
    return new DiskLoad(vm, bench.site.disks(vm).get(0), bytesPerSecond, 0, Optional.empty());
  }

  private static List<Integer> order(Run run) {
    return run.group().orElseThrow().vms().stream().map(GroupReport.Member::vm).toList();
  }

  @Test
  void theBusiestIsReadFirstAndItsSnapshotIsGoneBeforeTheNextIsRead() {
    VmId idle = bench.site.addVm("idle", mebibytes(1));
    VmId busy = bench.site.addVm("busy", mebibytes(1));
    VmId middle = bench.site.addVm("middle", mebibytes(1));
    bench.site.surroundings().load(load(busy, 9000), load(middle, 500));

    Run run = backup(ONE_READER, idle, busy, middle);

    assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(order(run)).containsExactly(1, 2, 0);
    assertThat(bench.site.faults().calls())
        .filteredOn(c -> c == FakeCall.OPEN_READER || c == FakeCall.REMOVE_SNAPSHOT)
        .containsExactly(
            FakeCall.OPEN_READER,
            FakeCall.REMOVE_SNAPSHOT,
            FakeCall.OPEN_READER,
            FakeCall.REMOVE_SNAPSHOT,
            FakeCall.OPEN_READER,
            FakeCall.REMOVE_SNAPSHOT);
    assertThat(run.group().orElseThrow().vms().get(0).reason())
        .isEqualTo("highest load first, of 3 that waited: 8.8 KiB/s");
  }

  @Test
  void loadsAreReadAgainBeforeAReaderTakesTheNext() {
    VmId first = bench.site.addVm("first", mebibytes(1));
    VmId calm = bench.site.addVm("calm", mebibytes(1));
    VmId woken = bench.site.addVm("woken", mebibytes(1));
    bench.site.surroundings().load(load(first, 9000), load(calm, 500), load(woken, 1));
    bench
        .site
        .faults()
        .beforeEach(
            FakeCall.OPEN_READER,
            () -> {
              bench.site.surroundings().load(load(calm, 500), load(woken, 50_000));
              bench.clock.advance(Duration.ofMinutes(2));
            });

    assertThat(order(backup(ONE_READER, first, calm, woken))).containsExactly(0, 2, 1);
  }

  @Test
  void aMeterThatDoesNotAnswerCostsTheOrderNotTheBackup() {
    VmId a = bench.site.addVm("a", mebibytes(1));
    VmId b = bench.site.addVm("b", mebibytes(1));
    bench.site.faults().failAlways(FakeCall.READ_LOAD, away());

    Run run = backup(ONE_READER, b, a);

    assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(order(run)).as("as named").containsExactly(0, 1);
  }

  @Test
  void theReportComparesWithTheOrderGiven() {
    VmId slow = bench.site.addVm("slow", mebibytes(1));
    VmId busy = bench.site.addVm("busy", mebibytes(1));
    bench.site.surroundings().load(load(busy, 1000));
    AtomicInteger opened = new AtomicInteger();
    bench
        .site
        .faults()
        .beforeEach(
            FakeCall.READ,
            () -> {
              // The busy one is read within ten seconds, the other takes a hundred.
              bench.clock.advance(Duration.ofSeconds(opened.getAndIncrement() == 0 ? 10 : 100));
            });

    GroupReport report = backup(ONE_READER, slow, busy).group().orElseThrow();

    assertThat(report.vms()).extracting(GroupReport.Member::vm).containsExactly(1, 0);
    GroupReport.Member first = report.vms().get(0);
    GroupReport.Member last = report.vms().get(1);
    assertThat(first.underSnapshot()).isEqualTo(first.reading());
    assertThat(last.underSnapshot()).isEqualTo(first.reading().plus(last.reading()));
    double busySeconds = first.reading().toSeconds();
    assertThat(report.cost().loadSeconds()).isEqualTo(1000 * busySeconds);
    assertThat(report.fifoCost().loadSeconds())
        .isEqualTo(1000 * (busySeconds + last.reading().toSeconds()));
    assertThat(report.batches()).hasSize(1);
  }

  @Test
  void theMostLoadedAreSnapshottedAndReadBeforeTheNextBatchHasSnapshots() {
    VmId a = bench.site.addVm("a", mebibytes(1));
    VmId b = bench.site.addVm("b", mebibytes(1));
    VmId c = bench.site.addVm("c", mebibytes(1));
    bench.site.surroundings().load(load(a, 1), load(b, 300), load(c, 200));

    Run run = backup(settings(LoadOrder.HIGHEST_LOAD, 2, 2), a, b, c);

    GroupReport report = run.group().orElseThrow();
    assertThat(report.batches()).extracting(GroupReport.Batch::size).containsExactly(2, 1);
    assertThat(order(run).get(2)).as("the least loaded is of the second batch").isZero();
    List<FakeCall> calls = bench.site.faults().calls();
    assertThat(calls.subList(0, calls.lastIndexOf(FakeCall.TAKE_SNAPSHOT)))
        .filteredOn(call -> call == FakeCall.REMOVE_SNAPSHOT)
        .hasSize(2);
  }

  @Test
  void aBatchNeedsRoomForItsOwnSnapshotsOnly() {
    VmId a = bench.site.addVm("a", mebibytes(10));
    VmId b = bench.site.addVm("b", mebibytes(10));
    bench.site.available(mebibytes(3));
    assertThat(backup(ONE_READER, a, b).state()).isEqualTo(RunState.FAILED);
    assertThat(backup(settings(LoadOrder.HIGHEST_LOAD, 1, 1), a, b).state())
        .isEqualTo(RunState.SUCCEEDED);
  }

  @Test
  void pointsKeepTheTimeTheyShareAndTheRunItsSkew() {
    VmId a = bench.site.addVm("a", mebibytes(1));
    VmId b = bench.site.addVm("b", mebibytes(1));
    Run run = backup(GroupSettings.STANDARD, a, b);
    Duration skew = run.group().orElseThrow().batches().get(0).skew();
    assertThat(bench.points())
        .hasSize(2)
        .allSatisfy(
            point -> {
              assertThat(point.group().orElseThrow().vms()).isEqualTo(2);
              assertThat(point.group().orElseThrow().skew()).isEqualTo(skew);
              assertThat(point.time())
                  .isBetween(
                      point.group().orElseThrow().earliest(), point.group().orElseThrow().latest());
            });
    backup(GroupSettings.STANDARD, a);
    assertThat(bench.points().get(0).group()).as("alone").isEmpty();
  }

  @Test
  void noMoreVmsOfAHostAreReadAtOneTimeThanItsLimit() {
    restart(new ReaderLimits(1, 0, 0));
    VmId a = bench.site.addVm("a", mebibytes(1));
    VmId b = bench.site.addVm("b", mebibytes(1));
    VmId other = bench.site.addVm("other", mebibytes(1));
    bench.site.surroundings().place(other, "host-2");
    List<Integer> openOnHost = Collections.synchronizedList(new ArrayList<>());
    AtomicInteger open = new AtomicInteger();
    CountDownLatch two = new CountDownLatch(2);
    bench
        .site
        .faults()
        .beforeEach(
            FakeCall.OPEN_READER,
            () -> {
              openOnHost.add(open.incrementAndGet());
              two.countDown();
            });
    bench.site.faults().beforeEach(FakeCall.REMOVE_SNAPSHOT, open::decrementAndGet);
    bench
        .site
        .faults()
        .beforeEach(
            FakeCall.READ,
            () -> {
              // The first is not done before a second reader has looked what it may take.
              Workbench.await(two);
              aMoment();
            });

    Run run = backup(settings(LoadOrder.FIFO, 0, 3), a, b, other);

    assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(openOnHost).as("one of each host").hasSize(3).allMatch(count -> count <= 2);
    assertThat(order(run)).startsWith(0, 2);
  }

  @Test
  void oneThatHasNoSnapshotIsNotInTheReport() {
    VmId gone = bench.site.addVm("gone", mebibytes(1));
    VmId there = bench.site.addVm("there", mebibytes(1));
    bench.site.removeVm(gone);
    Run run = backup(GroupSettings.STANDARD, gone, there);
    assertThat(run.vms().get(0).state()).isEqualTo(TaskState.SKIPPED);
    assertThat(order(run)).containsExactly(1);
  }

  @Test
  void aCancelReleasesAlsoThoseThatStillWait() {
    VmId a = bench.site.addVm("a", mebibytes(8));
    VmId b = bench.site.addVm("b", mebibytes(8));
    bench
        .site
        .faults()
        .beforeEach(FakeCall.READ, () -> bench.queue.cancel(bench.queue.unfinished().get(0).id()));
    assertThat(backup(ONE_READER, a, b).state()).isEqualTo(RunState.CANCELLED);
    assertThat(bench.site.leftovers()).isEmpty();
    assertThat(bench.journal.all()).isEmpty();
  }

  private static StillpointException away() {
    return new StillpointException(ErrorKind.HYPERVISOR_UNAVAILABLE, "away", "wait");
  }

  private static void aMoment() {
    try {
      Thread.sleep(5);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
