package dev.stillpoint.testing;

import static java.util.Comparator.comparing;

import dev.stillpoint.job.Run;
import dev.stillpoint.job.RunStore;
import dev.stillpoint.job.SlotStart;
import dev.stillpoint.job.SlotStartStore;
import dev.stillpoint.model.PolicyId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A store of starts that forgets everything at the end. */
public final class InMemorySlotStartStore implements SlotStartStore {

  private final RunStore runs;
  private final List<SlotStart> starts = new ArrayList<>();
  private Optional<Instant> look = Optional.empty();

  public InMemorySlotStartStore(RunStore runs) {
    this.runs = runs;
  }

  @Override
  public synchronized boolean start(Run run, SlotStart start) {
    if (isKept(start)) {
      return false;
    }
    runs.insert(run);
    return starts.add(start);
  }

  @Override
  public synchronized boolean miss(SlotStart missed) {
    return !isKept(missed) && starts.add(missed);
  }

  private boolean isKept(SlotStart start) {
    return starts.stream()
        .anyMatch(s -> s.policy().equals(start.policy()) && s.slot().equals(start.slot()));
  }

  @Override
  public synchronized List<SlotStart> since(Instant slot) {
    return starts.stream()
        .filter(start -> !start.slot().isBefore(slot))
        .sorted(
            comparing(SlotStart::slot).thenComparing((SlotStart start) -> start.policy().value()))
        .toList();
  }

  @Override
  public synchronized List<SlotStart> latest(PolicyId policy, int limit) {
    return starts.stream()
        .filter(start -> start.policy().equals(policy))
        .sorted(comparing(SlotStart::slot).reversed())
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized Optional<Instant> lastLook() {
    return look;
  }

  @Override
  public synchronized void looked(Instant now) {
    look = Optional.of(now);
  }
}
