package dev.stillpoint.repository.maintenance;

import dev.stillpoint.model.Cancellation;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.chunk.ChunkVisitor;
import dev.stillpoint.repository.chunk.PackKeeper;
import dev.stillpoint.repository.chunk.PlacedChunk;
import dev.stillpoint.repository.format.ChunkId;
import dev.stillpoint.repository.format.ChunkKind;
import dev.stillpoint.repository.format.ChunkPlace;
import dev.stillpoint.repository.map.DiskMap;
import dev.stillpoint.repository.map.NodeReferences;
import dev.stillpoint.repository.sort.RecordSorter;
import dev.stillpoint.repository.sort.SortedRecords;
import dev.stillpoint.repository.stream.StreamMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds everything that maps need, level by level: the nodes of a level are sorted and so known
 * once, are found in the index, and are read in the order of the packs. One thread, used once.
 */
final class Mark {

  private static final int MAX_LEVELS = 16;
  private static final int BATCH = 256;

  private final PackKeeper keeper;
  private final Sorters sorters;
  private final Keep keep;
  private final BadNodes bad;
  private final Cancellation cancellation;
  private final MaintenanceListener listener;
  private final byte[] live;
  private long nodes;
  private long chunks;

  /**
   * @param keep which ids to return, and how much of them
   */
  Mark(
      PackKeeper keeper,
      Sorters sorters,
      Keep keep,
      BadNodes bad,
      Cancellation cancellation,
      MaintenanceListener listener) {
    this.keeper = keeper;
    this.sorters = sorters;
    this.keep = keep;
    this.bad = bad;
    this.cancellation = cancellation;
    this.listener = listener;
    this.live = new byte[keep.idBytes + Records.OWNER_BYTES];
  }

  /** What is returned. */
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

  /** Is told of nodes that are missing or damaged. What lies below them is not marked. */
  interface BadNodes {
    void bad(ChunkId node, String problem);
  }

  /**
   * For those who must know everything.
   *
   * @throws StillpointException CORRUPT_DATA, always
   */
  @SuppressWarnings("DoNotCallSuggester") // it is called as a listener
  static void refuse(ChunkId node, String problem) {
    throw new StillpointException(
        ErrorKind.CORRUPT_DATA,
        "What restore points need cannot be found out, for a part of a disk map is not there: "
            + problem,
        "Verify the repository, then restore the pack from a copy, or expire the restore points"
            + " that the verification names.");
  }

  /** The caller closes what is returned. */
  Live run(List<Root> roots) {
    Map<String, Integer> numbers = new HashMap<>();
    List<String> owners = new ArrayList<>();
    RecordSorter found = sorters.ofRecords(live.length);
    RecordSorter level = sorters.ofRecords(Records.OWNED_BYTES);
    try {
      for (Root root : roots) {
        int owner = Live.NOBODY;
        if (!root.owner().isEmpty()) {
          owner = numbers.computeIfAbsent(root.owner(), name -> owners.size());
          if (owner == owners.size()) {
            owners.add(root.owner());
          }
        }
        level.add(Records.owned(root.id(), owner), 0);
      }
      long count = roots.size();
      for (int depth = 0; count > 0; depth++) {
        if (depth == MAX_LEVELS) {
          throw new IllegalStateException("A map has more than " + MAX_LEVELS + " levels");
        }
        RecordSorter next = sorters.ofRecords(Records.OWNED_BYTES);
        try (RecordSorter done = level) {
          level = next;
          count = visitLevel(done, count, next, found);
        }
      }
      return new Live(found, keep.idBytes, owners, nodes, chunks);
    } catch (RuntimeException | Error e) {
      found.close();
      throw e;
    } finally {
      level.close();
    }
  }

  /** Returns how many references to nodes of the next level there are. */
  private long visitLevel(RecordSorter level, long count, RecordSorter next, RecordSorter found) {
    try (RecordSorter placed = sorters.ofRecords(Records.PLACED_BYTES)) {
      new PlaceFinder(keeper)
          .find(level.cursor(), count, placed, (id, owner) -> bad.bad(id, keeper.missing(id)));
      return new LevelVisitor(next, found).visit(placed.cursor());
    }
  }

  /** Reads the nodes of one level, batch by batch. */
  private final class LevelVisitor implements ChunkVisitor, NodeReferences {

    private final RecordSorter next;
    private final RecordSorter found;
    private final List<PlacedChunk> batch = new ArrayList<>();
    private final List<List<Integer>> owners = new ArrayList<>();
    private List<Integer> current = List.of();
    private long children;

    LevelVisitor(RecordSorter next, RecordSorter found) {
      this.next = next;
      this.found = found;
    }

    long visit(SortedRecords placed) {
      while (placed.next()) {
        byte[] buffer = placed.buffer();
        int at = placed.offset();
        ChunkPlace place = Records.place(buffer, at);
        ChunkId id = Records.id(buffer, at + 12);
        int last = batch.size() - 1;
        if (last >= 0 && batch.get(last).id().equals(id)) {
          owners.get(last).add(Records.word(buffer, at + 12 + ChunkId.BYTES));
          continue;
        }
        if (batch.size() == BATCH) {
          readBatch();
        }
        batch.add(new PlacedChunk(id, place));
        owners.add(new ArrayList<>(List.of(Records.word(buffer, at + 12 + ChunkId.BYTES))));
      }
      readBatch();
      return children;
    }

    private void readBatch() {
      cancellation.throwIfRequested();
      keeper.sweep(batch, this);
      nodes += batch.size();
      listener.progress(MaintenanceListener.Step.MARK, nodes, 0);
      batch.clear();
      owners.clear();
    }

    @Override
    public void content(int number, ChunkKind kind, byte[] content, int offset, int length) {
      current = owners.get(number);
      addNode(number);
      try {
        if (StreamMap.isNode(content, offset, length)) {
          StreamMap.references(content, offset, this);
        } else {
          DiskMap.references(content, offset, length, this);
        }
      } catch (StillpointException e) {
        bad.bad(batch.get(number).id(), e.getMessage());
      }
    }

    @Override
    public void unreadable(int number, String problem) {
      current = owners.get(number);
      addNode(number);
      bad.bad(batch.get(number).id(), problem);
    }

    @Override
    public void node(byte[] content, int offset) {
      byte[] record = Records.owned(Records.id(content, offset), 0);
      for (int owner : current) {
        Records.setOwner(record, ChunkId.BYTES, owner);
        next.add(record, 0);
        children++;
      }
    }

    @Override
    public void chunk(byte[] content, int offset) {
      addLive(content, offset);
    }

    private void addNode(int number) {
      if (keep == Keep.STARTS) {
        addLive(Records.owned(batch.get(number).id(), Live.NOBODY), 0);
      }
    }

    private void addLive(byte[] id, int offset) {
      System.arraycopy(id, offset, live, 0, keep.idBytes);
      for (int owner : current) {
        Records.setOwner(live, keep.idBytes, owner);
        found.add(live, 0);
        chunks++;
      }
    }
  }
}
