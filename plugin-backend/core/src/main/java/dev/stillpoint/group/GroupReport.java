package dev.stillpoint.group;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the order of a run cost, and what reading in the order given would have cost the same run.
 *
 * <p>The comparison replays the run with the measured times and loads, the same readers, limits and
 * batch size; all that differs is who comes first.
 *
 * @param readers how many VMs were read at one time
 * @param batchSize as it was wanted; 0: all at once
 * @param batches the groups that shared a snapshot time
 * @param vms those that had a snapshot, in the order in which their reading began
 */
public record GroupReport(
    LoadOrder order,
    OrderBy by,
    Collective collective,
    int readers,
    int batchSize,
    List<Batch> batches,
    List<Member> vms,
    Cost cost,
    Cost fifoCost) {

  /**
   * VMs that share a snapshot time.
   *
   * @param skew between the earliest and the latest of their snapshots, by the manager's clock
   */
  public record Batch(int size, Duration skew) {

    public Batch {
      requireNonNull(skew, "skew");
    }
  }

  /**
   * One VM as it went.
   *
   * @param vm its place in the run
   * @param lead from asking for its snapshot until its batch began to be read
   * @param underSnapshot from asking for its snapshot until that was gone
   * @param reading from the start of its reading until the snapshot was gone
   * @param load the mean while it had a snapshot, in bytes a second
   * @param reason why it was its turn
   */
  public record Member(
      int vm,
      int batch,
      Duration lead,
      Duration underSnapshot,
      Duration reading,
      double load,
      String reason) {

    public Member {
      requireNonNull(lead, "lead");
      requireNonNull(underSnapshot, "underSnapshot");
      requireNonNull(reading, "reading");
      requireNonNull(reason, "reason");
    }

    public double loadSeconds() {
      return load * seconds(underSnapshot);
    }
  }

  public GroupReport {
    requireNonNull(order, "order");
    requireNonNull(by, "by");
    requireNonNull(collective, "collective");
    batches = List.copyOf(batches);
    vms = List.copyOf(vms);
    requireNonNull(cost, "cost");
    requireNonNull(fifoCost, "fifoCost");
  }

  /**
   * @param places the VMs where they were, for the limits
   */
  public static GroupReport of(
      GroupRules rules, List<Batch> batches, List<Member> vms, List<Candidate> places) {
    return new GroupReport(
        rules.order(),
        rules.by(),
        rules.collective(),
        rules.readers(),
        rules.batchSize(),
        batches,
        vms,
        new Cost(
            vms.stream().mapToDouble(vm -> seconds(vm.underSnapshot())).sum(),
            vms.stream().mapToDouble(Member::loadSeconds).sum()),
        fifo(rules, vms, places));
  }

  private static Cost fifo(GroupRules rules, List<Member> vms, List<Candidate> places) {
    Map<Integer, Member> byPosition =
        vms.stream().collect(Collectors.toMap(Member::vm, Function.identity()));
    List<Candidate> measured =
        places.stream()
            .filter(vm -> byPosition.containsKey(vm.position()))
            .map(vm -> measured(vm, byPosition.get(vm.position())))
            .sorted(Comparator.comparingInt(Candidate::position))
            .toList();
    Cost cost = Cost.NONE;
    for (Replay.Reading reading : Replay.of(rules.asFifo(), measured)) {
      Member member = byPosition.get(reading.vm().position());
      double under = seconds(member.lead()) + reading.underSnapshot();
      cost = cost.plus(new Cost(under, member.load() * under));
    }
    return cost;
  }

  private static Candidate measured(Candidate vm, Member member) {
    return vm.withLoad(member.load()).withSeconds(seconds(member.reading()));
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
