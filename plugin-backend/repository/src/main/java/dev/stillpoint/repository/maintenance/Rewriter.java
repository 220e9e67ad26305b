package dev.stillpoint.repository.maintenance;

import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.Cancellation;
import dev.stillpoint.repository.chunk.ChunkGroup;
import dev.stillpoint.repository.chunk.ChunkSession;
import dev.stillpoint.repository.chunk.ChunkStore;
import dev.stillpoint.repository.chunk.ChunkVisitor;
import dev.stillpoint.repository.chunk.PlacedChunk;
import dev.stillpoint.repository.format.ChunkKind;
import dev.stillpoint.repository.format.ChunkPlace;
import dev.stillpoint.repository.sort.SortedRecords;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores what is needed of condemned packs again, in new packs, pack by pack. Nothing of it may be
 * relied on before the store was flushed. One thread, used once.
 */
final class Rewriter {

  private static final Logger LOG = LoggerFactory.getLogger(Rewriter.class);
  private static final int BATCH = 128;
  private static final int BUFFER_BYTES = 1 << 20;

  private final ChunkStore chunks;
  private final Supplier<ByteCount> free;
  private final long slackBytes;
  private final Cancellation cancellation;
  private final MaintenanceListener listener;
  private final BitSet moved = new BitSet();
  private long bytes;

  /**
   * @param free what can still be written
   * @param slackBytes of it are left for others
   */
  Rewriter(
      ChunkStore chunks,
      Supplier<ByteCount> free,
      long slackBytes,
      Cancellation cancellation,
      MaintenanceListener listener) {
    this.chunks = chunks;
    this.free = free;
    this.slackBytes = slackBytes;
    this.cancellation = cancellation;
    this.listener = listener;
  }

  /**
   * @param placed placed records of what is needed of the packs, sorted
   * @return the packs of which everything that is needed is stored elsewhere, durably
   */
  BitSet rewrite(SortedRecords placed) {
    long generation = chunks.generation();
    try (ChunkSession session = chunks.startSession();
        ChunkGroup data = session.group(ChunkKind.DATA, stored -> {});
        ChunkGroup nodes = session.group(ChunkKind.NODE, stored -> {})) {
      List<PlacedChunk> batch = new ArrayList<>();
      Copier copier = new Copier(data, nodes);
      while (placed.next()) {
        ChunkPlace place = Records.place(placed.buffer(), placed.offset());
        PlacedChunk chunk =
            new PlacedChunk(Records.id(placed.buffer(), placed.offset() + 12), place);
        boolean otherPack = !batch.isEmpty() && batch.get(0).place().pack() != place.pack();
        if (otherPack || batch.size() == BATCH) {
          copier.copy(batch);
          if (otherPack && free.get().bytes() < slackBytes) {
            LOG.warn("Rewriting packs ends early: the repository is nearly full");
            batch.clear();
            break;
          }
        }
        batch.add(chunk);
      }
      copier.copy(batch);
      copier.store();
      chunks.flush();
      chunks.requireGeneration(generation);
    }
    return moved;
  }

  private final class Copier implements ChunkVisitor {

    private final ChunkGroup data;
    private final ChunkGroup nodes;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private final BitSet unreadable = new BitSet();
    private List<PlacedChunk> current = List.of();
    private int used;

    Copier(ChunkGroup data, ChunkGroup nodes) {
      this.data = data;
      this.nodes = nodes;
    }

    /** Copies chunks of one pack, and empties the list. */
    void copy(List<PlacedChunk> batch) {
      cancellation.throwIfRequested();
      if (batch.isEmpty()) {
        return;
      }
      current = batch;
      int pack = batch.get(0).place().pack();
      bytes += chunks.keeper().sweep(batch, this);
      moved.set(pack, !unreadable.get(pack));
      listener.progress(MaintenanceListener.Step.REWRITE, bytes, 0);
      batch.clear();
    }

    @Override
    public void content(int number, ChunkKind kind, byte[] content, int offset, int length) {
      if (used + length > buffer.length) {
        store();
      }
      System.arraycopy(content, offset, buffer, used, length);
      (kind == ChunkKind.NODE ? nodes : data).add(buffer, used, length);
      used += length;
    }

    @Override
    public void unreadable(int number, String problem) {
      LOG.error("A chunk that is needed cannot be moved: {}", problem);
      unreadable.set(current.get(number).place().pack());
    }

    /** What a group gathers must not change before it is stored. */
    private void store() {
      data.store();
      nodes.store();
      used = 0;
    }
  }
}
