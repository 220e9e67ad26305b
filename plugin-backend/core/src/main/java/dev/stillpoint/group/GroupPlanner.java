package dev.stillpoint.group;

import dev.stillpoint.model.ByteCount;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decides which VMs are snapshotted together, and which of them a free reader takes. Pure. */
public final class GroupPlanner {

  private final GroupRules rules;

  public GroupPlanner(GroupRules rules) {
    this.rules = rules;
  }

  /**
   * The VMs that share the next snapshot time, the most urgent first where there are several
   * batches, else as they come.
   *
   * @param remaining those that have no snapshot yet
   * @param opened hosts or storages of which VMs were read already
   */
  public List<Candidate> nextBatch(List<Candidate> remaining, List<String> opened) {
    if (rules.batchSize() == 0 || remaining.size() <= rules.batchSize()) {
      return List.copyOf(remaining);
    }
    return remaining.stream()
        .sorted(mostUrgentFirst(remaining, opened))
        .limit(rules.batchSize())
        .toList();
  }

  /**
   * What a free reader takes.
   *
   * @param waiting those with a snapshot that nobody reads yet, with their loads of now
   * @param running those that are read now, also by other runs
   * @param opened hosts or storages of which VMs were taken already, in that order: such a one is
   *     finished before another is begun
   */
  public Decision next(List<Candidate> waiting, List<Candidate> running, List<String> opened) {
    if (waiting.isEmpty()) {
      return new Decision(Optional.empty(), "no VM waits");
    }
    Comparator<Candidate> order = mostUrgentFirst(waiting, opened);
    Busy busy = Busy.of(running, rules.limits());
    Optional<Candidate> free = Optional.empty();
    Candidate first = waiting.get(0);
    for (Candidate vm : waiting) {
      if (order.compare(vm, first) < 0) {
        first = vm;
      }
      if ((free.isEmpty() || order.compare(vm, free.get()) < 0) && !busy.holds(vm)) {
        free = Optional.of(vm);
      }
    }
    String held = busy.why(first);
    return free.isEmpty()
        ? new Decision(free, "all that wait are held: " + held)
        : new Decision(free, reason(free.get(), first, held, waiting));
  }

  /** What of a candidate's host or storage was begun; to be remembered for the next decision. */
  public String placeOf(Candidate vm) {
    return rules.by().key(vm);
  }

  private String reason(Candidate taken, Candidate first, String held, List<Candidate> waiting) {
    String place =
        rules.by() == OrderBy.VM
            ? ""
            : "%s %s first, by %s; ".formatted(rules.by().word(), shown(taken), collectively());
    String skipped =
        taken.position() == first.position()
            ? ""
            : " (%s is held: %s)".formatted(first.name(), held);
    return "%s%s, of %d that waited: %s/s%s"
        .formatted(
            place,
            rules.order().title(),
            waiting.size(),
            ByteCount.ofBytes(Math.round(taken.load())),
            skipped);
  }

  private String shown(Candidate taken) {
    String place = placeOf(taken);
    return place.isEmpty() ? "unknown" : place;
  }

  private String collectively() {
    return "the " + rules.collective().word() + " over its VMs";
  }

  private Comparator<Candidate> mostUrgentFirst(List<Candidate> waiting, List<String> opened) {
    Comparator<Candidate> single =
        (a, b) -> {
          int byUrgency = Double.compare(urgency(b), urgency(a));
          int byLoad = byUrgency != 0 ? byUrgency : Double.compare(b.load(), a.load());
          return byLoad != 0 ? byLoad : Integer.compare(a.position(), b.position());
        };
    if (rules.by() == OrderBy.VM) {
      return single;
    }
    Map<String, Integer> ranks = ranks(waiting, opened);
    return Comparator.<Candidate>comparingInt(vm -> ranks.get(placeOf(vm))).thenComparing(single);
  }

  private double urgency(Candidate vm) {
    return rules.order().urgency(vm.load(), vm.seconds(), vm.bytes(), vm.position());
  }

  /** The places in their order: first what was begun, then by what their VMs have together. */
  private Map<String, Integer> ranks(List<Candidate> waiting, List<String> opened) {
    Map<String, Together> places = new HashMap<>();
    for (Candidate vm : waiting) {
      places.computeIfAbsent(placeOf(vm), Together::new).add(vm);
    }
    List<Together> sorted = new ArrayList<>(places.values());
    sorted.sort(
        Comparator.<Together>comparingInt(place -> place.rankAmong(opened))
            .thenComparing((a, b) -> Double.compare(urgency(b), urgency(a)))
            .thenComparingInt(place -> place.position));
    Map<String, Integer> ranks = new HashMap<>();
    sorted.forEach(place -> ranks.put(place.key, ranks.size()));
    return ranks;
  }

  private double urgency(Together place) {
    Collective figure = rules.collective();
    return rules
        .order()
        .urgency(
            figure.of(place.load, place.count),
            figure.of(place.seconds, place.count),
            figure.of(place.bytes, place.count),
            place.position);
  }

  /** The VMs of one host or storage that wait. */
  private static final class Together {

    private final String key;
    private double load;
    private double seconds;
    private double bytes;
    private int count;
    private int position = Integer.MAX_VALUE;

    Together(String key) {
      this.key = key;
    }

    void add(Candidate vm) {
      load += vm.load();
      seconds += vm.seconds();
      bytes += vm.bytes();
      count++;
      position = Math.min(position, vm.position());
    }

    int rankAmong(List<String> opened) {
      int at = opened.indexOf(key);
      return at < 0 ? Integer.MAX_VALUE : at;
    }
  }
}
