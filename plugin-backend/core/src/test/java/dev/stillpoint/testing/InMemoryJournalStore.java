package dev.stillpoint.testing;

import dev.stillpoint.hypervisor.OutsideEffect;
import dev.stillpoint.job.JournalEntry;
import dev.stillpoint.job.JournalStore;
import dev.stillpoint.model.RunId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A journal that forgets everything at the end. */
public final class InMemoryJournalStore implements JournalStore {

  private record Key(RunId run, OutsideEffect.Kind kind, String reference) {

    static Key of(RunId run, OutsideEffect effect) {
      return new Key(run, effect.kind(), effect.reference());
    }
  }

  private final Map<Key, JournalEntry> entries = new LinkedHashMap<>();

  @Override
  public synchronized void add(Collection<JournalEntry> added) {
    added.forEach(entry -> entries.put(Key.of(entry.run(), entry.effect()), entry));
  }

  @Override
  public synchronized void remove(RunId run, Collection<OutsideEffect> effects) {
    effects.forEach(effect -> entries.remove(Key.of(run, effect)));
  }

  @Override
  public synchronized void exchange(
      RunId run, Collection<OutsideEffect> released, Collection<JournalEntry> intended) {
    remove(run, released);
    add(intended);
  }

  @Override
  public synchronized List<JournalEntry> all() {
    return List.copyOf(entries.values());
  }
}
