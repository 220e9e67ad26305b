package dev.stillpoint.repository.maintenance;

import dev.stillpoint.model.Cancellation;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.chunk.PackKeeper;
import dev.stillpoint.repository.format.ChunkId;
import dev.stillpoint.repository.format.ChunkPlace;
import dev.stillpoint.repository.sort.RecordSorter;
import java.util.List;

/**
 * Finds everything that maps need, level by level: the nodes of a level are sorted and so known
 * once, are found in the index, and are read once each (see {@link LevelReader}). One thread.
 */
final class Mark {

  private static final int MAX_LEVELS = 16;

  private final PackKeeper keeper;
  private final Sorters sorters;
  private final Live live;
  private final BadNodes bad;
  private final Cancellation cancellation;
  private final MaintenanceListener listener;

  /**
   * @param live takes what is found
   */
  Mark(
      PackKeeper keeper,
      Sorters sorters,
      Live live,
      BadNodes bad,
      Cancellation cancellation,
      MaintenanceListener listener) {
    this.keeper = keeper;
    this.sorters = sorters;
    this.live = live;
    this.bad = bad;
    this.cancellation = cancellation;
    this.listener = listener;
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

  /** Adds what these maps need, whether it is known already or not. */
  void add(List<Root> roots) {
    RecordSorter level = sorters.ofRecords(Records.NODE_BYTES);
    try {
      for (Root root : roots) {
        level.add(Records.node(root.id(), live.owner(root.owner())), 0);
      }
      long count = roots.size();
      for (int depth = 0; count > 0; depth++) {
        if (depth == MAX_LEVELS) {
          throw new IllegalStateException("A map has more than " + MAX_LEVELS + " levels");
        }
        RecordSorter next = sorters.ofRecords(Records.NODE_BYTES);
        try (RecordSorter done = level) {
          level = next;
          count = readLevel(done, count, next);
        }
      }
    } finally {
      level.close();
    }
    live.complete(roots.stream().map(Root::id).toList());
  }

  /** Returns how many references to nodes of the next level there are, at most. */
  private long readLevel(RecordSorter level, long count, RecordSorter next) {
    try (RecordSorter order = sorters.ofRecords(Records.NEXT_BYTES)) {
      new PlaceFinder(keeper).find(level.cursor(), count, new Ordering(order));
      return new LevelReader(
              keeper, live, next, sorters.recent(Records.NODE_BYTES), bad, cancellation, listener)
          .read(order.cursor());
    }
  }

  /**
   * Brings nodes into the order in which they are read: that of the first owner's disks. All
   * records of one node follow each other, whoever else owns it and wherever else it is.
   */
  private final class Ordering implements PlaceFinder.Visitor {

    private final RecordSorter order;
    private final byte[] record = new byte[Records.NEXT_BYTES];
    private ChunkId current = ChunkId.HOLE;
    private int owner;

    Ordering(RecordSorter order) {
      this.order = order;
    }

    @Override
    public void found(ChunkPlace place, byte[] node, int at) {
      ChunkId id = Records.id(node, at);
      int nextOwner = Records.word(node, at + ChunkId.BYTES);
      if (!id.equals(current)) {
        Records.setWord(record, 0, nextOwner);
        Records.setWord(record, Records.OWNER_BYTES, Records.word(node, at + Records.OWNED_BYTES));
      } else if (owner == nextOwner) {
        return;
      }
      current = id;
      owner = nextOwner;
      Records.place(record, Records.NEXT_PLACED, place, node, at, owner);
      order.add(record, 0);
    }

    @Override
    public void missing(byte[] node, int at) {
      ChunkId id = Records.id(node, at);
      if (!id.equals(current)) {
        current = id;
        bad.bad(id, keeper.missing(id));
      }
    }
  }
}
