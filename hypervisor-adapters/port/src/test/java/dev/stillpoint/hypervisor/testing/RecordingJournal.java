package dev.stillpoint.hypervisor.testing;

import dev.stillpoint.hypervisor.EffectJournal;
import dev.stillpoint.hypervisor.OutsideEffect;
import java.util.ArrayList;
import java.util.List;

/** A journal in memory that shows what is open and can "kill the process" at an intention. */
public final class RecordingJournal implements EffectJournal {

  private final List<OutsideEffect> open = new ArrayList<>();
  private final List<OutsideEffect> intended = new ArrayList<>();
  private int dieAfter = Integer.MAX_VALUE;

  @Override
  public synchronized void intend(OutsideEffect effect) {
    open.removeIf(e -> same(e, effect));
    open.add(effect);
    intended.add(effect);
    if (intended.size() >= dieAfter) {
      throw new SimulatedCrash("after intention " + intended.size() + ", " + effect.kind());
    }
  }

  @Override
  public synchronized void released(OutsideEffect effect) {
    open.removeIf(e -> same(e, effect));
  }

  /** The n-th intention from the beginning, 1 being the first, is written and nothing follows. */
  public synchronized void dieAfterIntention(int n) {
    dieAfter = n;
  }

  /** What is intended and not released, oldest first. */
  public synchronized List<OutsideEffect> open() {
    return List.copyOf(open);
  }

  /** What is open of that kind, oldest first. */
  public synchronized List<OutsideEffect> open(OutsideEffect.Kind kind) {
    return open.stream().filter(e -> e.kind() == kind).toList();
  }

  /** Everything ever intended, in order. */
  public synchronized List<OutsideEffect> intended() {
    return List.copyOf(intended);
  }

  private static boolean same(OutsideEffect one, OutsideEffect other) {
    return one.kind() == other.kind() && one.reference().equals(other.reference());
  }
}
