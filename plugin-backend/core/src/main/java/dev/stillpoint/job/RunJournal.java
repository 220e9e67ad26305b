package dev.stillpoint.job;

import dev.stillpoint.hypervisor.EffectJournal;
import dev.stillpoint.hypervisor.OutsideEffect;
import dev.stillpoint.model.RunId;
import dev.stillpoint.model.SiteId;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The journal as one part of a run writes it, remembering what that part still has outside. */
public final class RunJournal implements EffectJournal {

  private final JournalStore store;
  private final RunId run;
  private final SiteId site;
  private final InstantSource clock;
  private final Map<String, OutsideEffect> open = new LinkedHashMap<>();

  public RunJournal(JournalStore store, RunId run, SiteId site, InstantSource clock) {
    this.store = store;
    this.run = run;
    this.site = site;
    this.clock = clock;
  }

  @Override
  public void intend(OutsideEffect effect) {
    exchange(List.of(), List.of(effect));
  }

  @Override
  public void released(OutsideEffect effect) {
    exchange(List.of(effect), List.of());
  }

  /** Strikes out and writes down in one transaction: the moment a run commits. */
  public synchronized void exchange(
      Collection<OutsideEffect> released, Collection<OutsideEffect> intended) {
    store.exchange(run, released, intended.stream().map(this::entry).toList());
    released.forEach(effect -> open.remove(key(effect)));
    intended.forEach(effect -> open.put(key(effect), effect));
  }

  /** What was written down and not struck out, in that order. */
  public synchronized List<OutsideEffect> open() {
    return new ArrayList<>(open.values());
  }

  public List<OutsideEffect> open(OutsideEffect.Kind kind) {
    return open().stream().filter(effect -> effect.kind() == kind).toList();
  }

  /** The same as entries of the store. */
  public List<JournalEntry> entries() {
    return open().stream().map(this::entry).toList();
  }

  private JournalEntry entry(OutsideEffect effect) {
    return new JournalEntry(run, site, effect, clock.instant());
  }

  private static String key(OutsideEffect effect) {
    return effect.kind() + " " + effect.reference();
  }
}
