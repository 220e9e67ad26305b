package dev.stillpoint.group;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Plays a run through in no time: what the planner decides, each VM taking exactly its {@link
 * Candidate#seconds()}. Reads do not slow each other. Pure.
 */
public final class Replay {

  private final GroupRules rules;
  private final GroupPlanner planner;
  private final List<Reading> done = new ArrayList<>();
  private final List<String> opened = new ArrayList<>();
  private double now;

  /**
   * One VM of the run; times in seconds since its begin.
   *
   * @param batch from zero
   * @param snapshotted when its batch began
   */
  public record Reading(
      Candidate vm, int batch, double snapshotted, double started, double ended, String reason) {

    public Reading {
      requireNonNull(vm, "vm");
      requireNonNull(reason, "reason");
    }

    public double underSnapshot() {
      return ended - snapshotted;
    }
  }

  private Replay(GroupRules rules) {
    this.rules = rules;
    this.planner = new GroupPlanner(rules);
  }

  /** The VMs in the order in which their reading began. */
  public static List<Reading> of(GroupRules rules, List<Candidate> vms) {
    Replay replay = new Replay(rules);
    List<Candidate> remaining = new ArrayList<>(vms);
    for (int batch = 0; !remaining.isEmpty(); batch++) {
      List<Candidate> members = replay.planner.nextBatch(remaining, replay.opened);
      if (members.size() == remaining.size()) {
        remaining.clear();
      } else {
        remaining.removeAll(new HashSet<>(members));
      }
      replay.run(batch, members);
    }
    return List.copyOf(replay.done);
  }

  private void run(int batch, List<Candidate> members) {
    List<Candidate> waiting = new ArrayList<>(members);
    List<Candidate> running = new ArrayList<>();
    PriorityQueue<Reading> ends = new PriorityQueue<>(Comparator.comparingDouble(Reading::ended));
    double begin = now;
    while (!waiting.isEmpty() || !ends.isEmpty()) {
      while (!waiting.isEmpty() && running.size() < rules.readers()) {
        Decision decision = planner.next(waiting, running, opened);
        if (decision.taken().isEmpty()) {
          break;
        }
        Candidate vm = decision.taken().get();
        waiting.remove(vm);
        running.add(vm);
        String place = planner.placeOf(vm);
        if (!opened.contains(place)) {
          opened.add(place);
        }
        Reading reading = new Reading(vm, batch, begin, now, now + vm.seconds(), decision.reason());
        ends.add(reading);
        done.add(reading);
      }
      Reading first = ends.remove();
      now = first.ended();
      running.remove(first.vm());
    }
  }

  /** What the readings cost together. */
  public static Cost cost(List<Reading> readings) {
    return new Cost(
        readings.stream().mapToDouble(Reading::underSnapshot).sum(),
        readings.stream().mapToDouble(r -> r.vm().load() * r.underSnapshot()).sum());
  }
}
