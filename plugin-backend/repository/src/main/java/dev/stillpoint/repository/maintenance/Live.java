package dev.stillpoint.repository.maintenance;

import dev.stillpoint.repository.format.ChunkId;
import dev.stillpoint.repository.sort.RecordSorter;
import dev.stillpoint.repository.sort.SortedRecords;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What marks found to be needed: the ids of chunks and nodes, or their first bytes, with their
 * owners. It only grows. To be closed. One thread.
 */
final class Live implements AutoCloseable {

  /** The number of what belongs to nobody. */
  static final int NOBODY = -1;

  /** So that owners of the same part of a disk do not meet in the same places: a large prime. */
  private static final int OWNERS_APART = 104_729 << 8;

  private final Keep keep;
  private final RecordSorter records;
  private final RecentRecords recent;
  private final byte[] record;
  private final List<String> owners = new ArrayList<>();
  private final Map<String, Integer> numbers = new HashMap<>();
  private final Set<ChunkId> roots = new HashSet<>();
  private long nodes;
  private long count;

  Live(Sorters sorters, Keep keep) {
    this.keep = keep;
    this.record = new byte[keep.idBytes + Records.OWNER_BYTES];
    this.records = sorters.ofRecords(record.length);
    this.recent = sorters.recent(record.length);
  }

  /** What is kept. */
  enum Keep {
    /** The first 8 bytes of all ids: enough to keep everything that is needed. */
    STARTS(Long.BYTES),
    /** The ids of chunks, not of nodes: those were read already. */
    CHUNKS(ChunkId.BYTES);

    private final int idBytes;

    Keep(int idBytes) {
      this.idBytes = idBytes;
    }
  }

  /** The number of an owner, the same for the same name. */
  int owner(String name) {
    if (name.isEmpty()) {
      return NOBODY;
    }
    int owner = numbers.computeIfAbsent(name, key -> owners.size());
    if (owner == owners.size()) {
      owners.add(name);
    }
    return owner;
  }

  /** Whether everything that the map needs is in here. */
  boolean holds(ChunkId root) {
    return roots.contains(root);
  }

  /** From now on it is in here what these maps need. */
  void complete(Collection<ChunkId> marked) {
    roots.addAll(marked);
  }

  /**
   * @param place on the owner's disks: what was added there last is not added again
   */
  void addChunk(byte[] id, int offset, int owner, int place) {
    fill(id, offset, owner);
    if (recent.isNew(record, place + owner * OWNERS_APART)) {
      add();
    }
  }

  void addNode(byte[] id, int offset, int owner) {
    if (keep == Keep.STARTS) {
      fill(id, offset, owner);
      add();
    }
  }

  private void fill(byte[] id, int offset, int owner) {
    System.arraycopy(id, offset, record, 0, keep.idBytes);
    Records.setWord(record, keep.idBytes, owner);
  }

  private void add() {
    records.add(record, 0);
    count++;
  }

  void countNodes(int read) {
    nodes += read;
  }

  /** Live records; until more is added. */
  SortedRecords sorted() {
    return records.cursor();
  }

  /** How much of an id the records have; chunks that have the same first bytes live together. */
  int idBytes() {
    return keep.idBytes;
  }

  /** The owners' names by their numbers. */
  List<String> owners() {
    return List.copyOf(owners);
  }

  /** Map nodes that were read. */
  long nodes() {
    return nodes;
  }

  /** How many records there are, at most. */
  long count() {
    return count;
  }

  @Override
  public void close() {
    records.close();
  }
}
