package dev.stillpoint.repository.index;

import dev.stillpoint.repository.format.ChunkId;
import dev.stillpoint.repository.sort.SortedRecords;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;

/** Counts the entries that are marked damaged and that no newer one supersedes. */
final class DamagedEntries {

  private final List<PendingTable> tables;
  private final List<Run> runs;
  private final DamageListener listener;

  /**
   * @param tables newest first
   * @param runs newest first, older than the tables
   */
  DamagedEntries(List<PendingTable> tables, List<Run> runs, DamageListener listener) {
    this.tables = tables;
    this.runs = runs;
    this.listener = listener;
  }

  long count(IntPredicate pack) {
    long count = 0;
    for (int newer = 0; newer < tables.size(); newer++) {
      SortedRecords entries = tables.get(newer).sorted();
      while (entries.next()) {
        count += counts(entries.buffer(), entries.offset(), newer, 0, pack) ? 1 : 0;
      }
    }
    for (int newer = 0; newer < runs.size(); newer++) {
      if (runs.get(newer).hasDamagedEntries()) {
        count += countInRun(newer, pack);
      }
    }
    return count;
  }

  private long countInRun(int newerRuns, IntPredicate pack) {
    Run run = runs.get(newerRuns);
    BitSet marks = run.marks();
    byte[] page = new byte[RunFormat.PAGE_BYTES];
    long count = 0;
    for (int block = marks.nextSetBit(0); block >= 0; block = marks.nextSetBit(block + 1)) {
      String problem = block < run.blocks() ? run.read(block, 1, page) : "its marks do not fit";
      if (!problem.isEmpty()) {
        listener.damaged(run, problem);
        continue;
      }
      for (int i = 0; i < run.entriesInBlock(block); i++) {
        count += counts(page, i * Entries.BYTES, tables.size(), newerRuns, pack) ? 1 : 0;
      }
    }
    return count;
  }

  private boolean counts(byte[] entry, int at, int newerTables, int newerRuns, IntPredicate pack) {
    return Entries.isDamaged(entry, at)
        && pack.test(Entries.pack(entry, at))
        && !isSuperseded(Entries.id(entry, at), newerTables, newerRuns, pack);
  }

  private boolean isSuperseded(ChunkId id, int newerTables, int newerRuns, IntPredicate pack) {
    return tables.subList(0, newerTables).stream()
            .anyMatch(table -> table.find(id).filter(p -> pack.test(p.pack())).isPresent())
        || runs.subList(0, newerRuns).stream()
            .anyMatch(run -> run.find(id, listener).filter(p -> pack.test(p.pack())).isPresent());
  }
}
