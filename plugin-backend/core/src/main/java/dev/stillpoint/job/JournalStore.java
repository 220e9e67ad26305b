package dev.stillpoint.job;

import dev.stillpoint.hypervisor.OutsideEffect;
import dev.stillpoint.model.RunId;
import java.util.Collection;
import java.util.List;

/**
 * Keeps the journal. Thread-safe; every call is one transaction, durable when it returns. An effect
 * is known by its run, kind and reference.
 */
public interface JournalStore {

  /** Writes entries down; those that stand already are replaced, each in its place. */
  void add(Collection<JournalEntry> entries);

  /** Strikes entries out; those that do not stand are no error. */
  void remove(RunId run, Collection<OutsideEffect> effects);

  /** Strikes out and writes down in one transaction. */
  void exchange(RunId run, Collection<OutsideEffect> released, Collection<JournalEntry> intended);

  /** What stands, in the order it was written. */
  List<JournalEntry> all();
}
