package dev.stillpoint.backup;

import dev.stillpoint.group.Candidate;
import dev.stillpoint.group.Decision;
import dev.stillpoint.group.GroupPlanner;
import dev.stillpoint.group.GroupReport;
import dev.stillpoint.group.GroupRules;
import dev.stillpoint.group.GroupTime;
import dev.stillpoint.job.BackupRequest;
import dev.stillpoint.job.RunTracker;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.model.VmId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Takes the VMs of one run through it, batch by batch: their snapshots together, then each free
 * reader the next that the planner names, with the loads of that moment. A VM's snapshot is gone
 * before its reader takes another.
 */
final class GroupRun {

  /** What is asked before the snapshots; a manager gets at most so many questions at one time. */
  private static final int PARALLEL_QUESTIONS = 8;

  /** All snapshots of a batch at once; of a larger one so many at a time. */
  private static final int PARALLEL_SNAPSHOTS = 64;

  private final RunTracker tracker;
  private final GroupRules rules;
  private final GroupPlanner planner;
  private final LoadView loads;
  private final ReadingFloor floor;
  private final InstantSource clock;
  private final List<String> opened = new ArrayList<>();
  private final List<GroupReport.Batch> batches = new ArrayList<>();
  private final List<GroupReport.Member> reported = new ArrayList<>();

  GroupRun(
      RunTracker tracker,
      GroupRules rules,
      LoadView loads,
      ReadingFloor floor,
      InstantSource clock) {
    this.tracker = tracker;
    this.rules = rules;
    this.planner = new GroupPlanner(rules);
    this.loads = loads;
    this.floor = floor;
    this.clock = clock;
  }

  /**
   * @param vms all of the run
   * @param work asked once for each batch; makes the work on one VM of it
   */
  void execute(List<Candidate> vms, BatchWork work) {
    List<Candidate> remaining = new ArrayList<>(vms);
    while (!remaining.isEmpty()) {
      List<Candidate> batch = planner.nextBatch(loaded(remaining), opened);
      List<Integer> positions = batch.stream().map(Candidate::position).toList();
      remaining.removeIf(vm -> positions.contains(vm.position()));
      Function<Candidate, VmBackup> backups = work.begin();
      run(batch.stream().map(vm -> new GroupMember(id(vm), vm, backups.apply(vm))).toList());
      tracker.group(GroupReport.of(rules, batches, reported, vms));
    }
  }

  /** Makes the work on the VMs of one batch. */
  @FunctionalInterface
  interface BatchWork {
    Function<Candidate, VmBackup> begin();
  }

  private void run(List<GroupMember> members) {
    Parallel.run(PARALLEL_QUESTIONS, steps(members, member -> member.backup().prepare()));
    Parallel.run(
        PARALLEL_SNAPSHOTS,
        steps(
            members,
            member -> {
              member.asked(clock.instant(), loads);
              member.backup().takeSnapshot();
            }));
    List<GroupMember> waiting =
        new ArrayList<>(
            members.stream().filter(m -> m.backup().snapshotTime().isPresent()).toList());
    if (waiting.isEmpty()) {
      return;
    }
    GroupTime time =
        GroupTime.of(waiting.stream().flatMap(m -> m.backup().snapshotTime().stream()).toList());
    Instant read = clock.instant();
    List<GroupMember> taken = new ArrayList<>();
    Runnable reader = () -> readUntilNoneWaits(waiting, taken, time);
    Parallel.run(
        rules.readers(), Collections.nCopies(Math.min(rules.readers(), waiting.size()), reader));
    taken.forEach(member -> reported.add(member.report(batches.size(), read)));
    batches.add(new GroupReport.Batch(taken.size(), time.skew()));
  }

  private static List<Runnable> steps(List<GroupMember> members, Consumer<GroupMember> step) {
    return members.stream().map(member -> (Runnable) () -> step.accept(member)).toList();
  }

  private void readUntilNoneWaits(
      List<GroupMember> waiting, List<GroupMember> taken, GroupTime time) {
    Optional<GroupMember> next = take(waiting, taken);
    while (next.isPresent()) {
      GroupMember member = next.get();
      try {
        member.backup().read(time);
      } finally {
        member.ended(clock.instant(), loads);
        floor.leave(site(), member.candidate());
      }
      next = take(waiting, taken);
    }
  }

  /** Waits while the limits hold all that wait; empty when none does. */
  private Optional<GroupMember> take(List<GroupMember> waiting, List<GroupMember> taken) {
    boolean patient = true;
    while (true) {
      // Not under the lock: the manager may be slow to answer.
      Map<VmId, Double> now = loads.now();
      synchronized (floor) {
        if (waiting.isEmpty()) {
          return Optional.empty();
        }
        List<Candidate> candidates = waiting.stream().map(m -> loaded(m.candidate(), now)).toList();
        Decision decision = planner.next(candidates, floor.at(site()), opened);
        // Who cancels wants the snapshots gone, whatever is read beside.
        boolean hurry = !patient || tracker.cancellation().isRequested();
        Optional<Candidate> chosen =
            decision.taken().or(() -> hurry ? candidates.stream().findFirst() : Optional.empty());
        if (chosen.isPresent()) {
          return Optional.of(start(chosen.get(), decision.reason(), waiting, taken));
        }
        patient = floor.await();
      }
    }
  }

  private GroupMember start(
      Candidate chosen, String reason, List<GroupMember> waiting, List<GroupMember> taken) {
    GroupMember member =
        waiting.stream()
            .filter(m -> m.candidate().position() == chosen.position())
            .findFirst()
            .orElseThrow();
    waiting.remove(member);
    taken.add(member);
    String place = planner.placeOf(chosen);
    if (!opened.contains(place)) {
      opened.add(place);
    }
    member.started(clock.instant(), reason);
    floor.enter(site(), member.candidate());
    return member;
  }

  private List<Candidate> loaded(List<Candidate> vms) {
    Map<VmId, Double> now = loads.now();
    return vms.stream().map(vm -> loaded(vm, now)).toList();
  }

  private Candidate loaded(Candidate vm, Map<VmId, Double> loadsNow) {
    return vm.withLoad(loadsNow.getOrDefault(id(vm), 0.0));
  }

  private VmId id(Candidate vm) {
    return ((BackupRequest) tracker.run().request()).vms().get(vm.position()).id();
  }

  private SiteId site() {
    return tracker.run().site();
  }
}
