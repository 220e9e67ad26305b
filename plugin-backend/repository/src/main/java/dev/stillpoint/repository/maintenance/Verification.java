package dev.stillpoint.repository.maintenance;

import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.Cancellation;
import dev.stillpoint.repository.chunk.PackKeeper;
import dev.stillpoint.repository.format.ChunkId;
import dev.stillpoint.repository.format.ChunkPlace;
import dev.stillpoint.repository.sort.RecordSorter;
import dev.stillpoint.repository.sort.SortedRecords;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads what maps need in the order in which it lies, each chunk once, and checks ids. What is
 * damaged is marked in the index, which the caller flushes. Thread-safe.
 *
 * <p>The maps must be held by somebody meanwhile.
 */
public final class Verification {

  /** Beyond so many it makes no difference which they are. */
  private static final int MAX_KEPT = 10_000;

  private final PackKeeper keeper;
  private final Sorters sorters;
  private final int threads;

  /**
   * @param threads that read at once
   */
  public Verification(PackKeeper keeper, Sorters sorters, int threads) {
    this.keeper = keeper;
    this.sorters = sorters;
    this.threads = threads;
  }

  /**
   * Checks everything below the roots: all nodes, and the chunks that the sample takes.
   *
   * @throws dev.stillpoint.model.StillpointException CANCELLED, STORAGE_UNAVAILABLE, OUT_OF_SPACE
   */
  public Checked check(
      List<Root> roots, Sample sample, Cancellation cancellation, MaintenanceListener listener) {
    Map<ChunkId, String> badNodes = new HashMap<>();
    BadChunks badChunks = new BadChunks(MAX_KEPT);
    try (Live live = new Live(sorters, Live.Keep.CHUNKS);
        RecordSorter placed = sorters.ofRecords(Records.PLACED_BYTES)) {
      new Mark(keeper, sorters, live, badNodes::putIfAbsent, cancellation, listener)
          .add(roots.stream().map(root -> new Root(root.id(), "")).toList());
      new PlaceFinder(keeper)
          .find(
              new SampledRecords(live.sorted(), sample),
              Math.max(1, live.count() * sample.percent() / 100),
              new Placing(placed, badChunks));
      try (ParallelSweep sweep =
          new ParallelSweep(keeper, badChunks, threads, cancellation, listener)) {
        sweep.run(placed.cursor());
        return new Checked(
            sweep.chunks(),
            live.nodes(),
            ByteCount.ofBytes(sweep.bytes()),
            badChunks.kept(),
            badNodes,
            badChunks.count() + badNodes.size());
      }
    }
  }

  /** Brings what was found into the order in which it lies. */
  private final class Placing implements PlaceFinder.Visitor {

    private final RecordSorter placed;
    private final BadChunks missing;
    private final byte[] record = new byte[Records.PLACED_BYTES];

    Placing(RecordSorter placed, BadChunks missing) {
      this.placed = placed;
      this.missing = missing;
    }

    @Override
    public void found(ChunkPlace place, byte[] owned, int at) {
      Records.place(record, place, owned, at, Live.NOBODY);
      placed.add(record, 0);
    }

    @Override
    public void missing(byte[] owned, int at) {
      ChunkId id = Records.id(owned, at);
      missing.add(id, keeper.missing(id));
    }
  }

  /** Leaves out what the sample does not take. */
  private record SampledRecords(SortedRecords records, Sample sample) implements SortedRecords {

    @Override
    public boolean next() {
      while (records.next()) {
        if (sample.takes(Records.id(records.buffer(), records.offset()).word(0))) {
          return true;
        }
      }
      return false;
    }

    @Override
    public byte[] buffer() {
      return records.buffer();
    }

    @Override
    public int offset() {
      return records.offset();
    }
  }
}
