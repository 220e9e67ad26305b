package dev.stillpoint.repository.maintenance;

import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/**
 * What a collection does with the packs.
 *
 * @param decisions about every pack that holds garbage, in the order in which they are carried out
 * @param examined how many packs were looked at
 */
public record CollectPlan(List<Decision> decisions, int examined) {

  public CollectPlan {
    decisions = List.copyOf(decisions);
  }

  /** What happens to a pack. */
  public enum Action {
    /** Nobody needs anything in it. */
    DELETE("nobody needs anything in it"),
    /** It is mostly garbage: what is needed is stored again elsewhere, then it is deleted. */
    REWRITE("less of it is needed than the limit"),
    /** It would be rewritten if there were room for it. */
    WAIT("there is no room to store again what is needed of it"),
    /** Most of it is needed. */
    KEEP("most of it is needed"),
    /** Something in it that is needed cannot be read. */
    KEEP_DAMAGED("something in it that is needed is damaged");

    private final String reason;

    Action(String reason) {
      this.reason = reason;
    }

    /** As the rest of a sentence. */
    public String reason() {
      return reason;
    }
  }

  /**
   * One pack's fate.
   *
   * @param state what it was decided from
   * @param action what happens to the pack
   */
  public record Decision(PackState state, Action action) {}

  /**
   * Decides; pure.
   *
   * @param packs those that hold garbage
   * @param examined how many were looked at
   * @param rewriteBelowPercent a pack of which less is needed is rewritten
   * @param roomBytes what rewriting may write before anything is deleted
   */
  static CollectPlan of(
      List<PackState> packs, int examined, int rewriteBelowPercent, long roomBytes) {
    List<PackState> mostGarbageFirst =
        packs.stream()
            .sorted(
                Comparator.comparingDouble(CollectPlan::liveFraction)
                    .thenComparingInt(PackState::pack))
            .toList();
    Planner planner = new Planner(rewriteBelowPercent, roomBytes);
    return new CollectPlan(mostGarbageFirst.stream().map(planner::decide).toList(), examined);
  }

  /** The packs to which that happens. */
  public BitSet packs(Action action) {
    BitSet packs = new BitSet();
    decisions.stream()
        .filter(decision -> decision.action() == action)
        .forEach(decision -> packs.set(decision.state().pack()));
    return packs;
  }

  /** The sum of what is garbage in packs to which that happens. */
  public long garbageBytes(Action action) {
    return decisions.stream()
        .filter(decision -> decision.action() == action)
        .mapToLong(decision -> decision.state().bytes() - decision.state().liveBytes())
        .sum();
  }

  private static double liveFraction(PackState pack) {
    if (!pack.needed()) {
      return -1;
    }
    return pack.bytes() == 0 ? 1 : (double) pack.liveBytes() / pack.bytes();
  }

  private static final class Planner {

    private final int rewriteBelowPercent;
    private long roomBytes;

    Planner(int rewriteBelowPercent, long roomBytes) {
      this.rewriteBelowPercent = rewriteBelowPercent;
      this.roomBytes = roomBytes;
    }

    Decision decide(PackState pack) {
      return new Decision(pack, action(pack));
    }

    private Action action(PackState pack) {
      if (!pack.needed()) {
        return Action.DELETE;
      }
      if (pack.damaged()) {
        return Action.KEEP_DAMAGED;
      }
      if (100 * liveFraction(pack) >= rewriteBelowPercent) {
        return Action.KEEP;
      }
      if (pack.liveBytes() > roomBytes) {
        return Action.WAIT;
      }
      roomBytes -= pack.liveBytes();
      return Action.REWRITE;
    }
  }
}
