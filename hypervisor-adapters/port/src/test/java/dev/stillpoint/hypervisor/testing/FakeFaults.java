package dev.stillpoint.hypervisor.testing;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.StillpointException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What shall go wrong at a {@link FakeSite}, and when. Thread-safe; may be changed while sessions
 * work.
 */
public final class FakeFaults {

  /** When a call dies: before the manager got it, or after it acted but before it answered. */
  public enum Moment {
    BEFORE_IT_ACTS,
    AFTER_IT_ACTED
  }

  private record Death(long call, Moment moment) {}

  private final Map<FakeCall, Deque<StillpointException>> once = new EnumMap<>(FakeCall.class);
  private final Map<FakeCall, StillpointException> always = new EnumMap<>(FakeCall.class);
  private final Map<FakeCall, Runnable> hooks = new EnumMap<>(FakeCall.class);
  private final Set<FakeCall> bulk =
      EnumSet.of(FakeCall.READ, FakeCall.WRITE, FakeCall.ZERO, FakeCall.READ_BACK);
  private final List<FakeCall> seen = new ArrayList<>();
  private Optional<Death> death = Optional.empty();
  private long calls;
  private int crashes;

  FakeFaults() {}

  /** The next call of this sort fails so. Several of them queue up. */
  public synchronized void failNext(FakeCall call, StillpointException failure) {
    once.computeIfAbsent(call, c -> new ArrayDeque<>()).add(requireNonNull(failure, "failure"));
  }

  /** Every call of this sort fails so, until {@link #clear()}. */
  public synchronized void failAlways(FakeCall call, StillpointException failure) {
    always.put(call, requireNonNull(failure, "failure"));
  }

  /** Runs before each call of this sort, on the calling thread: a guest that writes, a cancel. */
  public synchronized void beforeEach(FakeCall call, Runnable hook) {
    hooks.put(call, requireNonNull(hook, "hook"));
  }

  /**
   * The process dies at the n-th call from now, 1 being the next one. Sessions opened before stay
   * dead; a new {@code connect} after it is the restarted process.
   */
  public synchronized void dieAtCall(long n, Moment moment) {
    death = Optional.of(new Death(calls + n, moment));
  }

  /** Forgets all faults and hooks, not the calls already counted. */
  public synchronized void clear() {
    once.clear();
    always.clear();
    hooks.clear();
    death = Optional.empty();
  }

  /** How many calls reached the manager so far. */
  public synchronized long callCount() {
    return calls;
  }

  /** The calls in their order, without the bulk ones (reads and writes). */
  public synchronized List<FakeCall> calls() {
    return List.copyOf(seen);
  }

  /** How often a simulated crash happened. */
  public synchronized int crashCount() {
    return crashes;
  }

  /** Counts the call and lets it fail if it shall; returns its number. */
  long before(FakeCall call, int sessionEpoch) {
    hook(call).run();
    synchronized (this) {
      requireAlive(sessionEpoch);
      calls++;
      if (!bulk.contains(call)) {
        seen.add(call);
      }
      dieIf(call, Moment.BEFORE_IT_ACTS, calls);
      Deque<StillpointException> queue = once.getOrDefault(call, new ArrayDeque<>());
      if (!queue.isEmpty()) {
        throw queue.remove();
      }
      if (always.containsKey(call)) {
        throw always.get(call);
      }
      return calls;
    }
  }

  synchronized void after(FakeCall call, long number) {
    dieIf(call, Moment.AFTER_IT_ACTED, number);
  }

  synchronized void requireAlive(int sessionEpoch) {
    if (sessionEpoch != crashes) {
      throw new SimulatedCrash("earlier; this session belongs to the dead process");
    }
  }

  private synchronized Runnable hook(FakeCall call) {
    return hooks.getOrDefault(call, () -> {});
  }

  private void dieIf(FakeCall call, Moment moment, long number) {
    if (death.filter(d -> d.call() == number && d.moment() == moment).isPresent()) {
      death = Optional.empty();
      crashes++;
      throw new SimulatedCrash("at call " + number + ", " + call + ", " + moment);
    }
  }
}
