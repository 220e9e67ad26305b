package dev.stillpoint.repository.maintenance;

import dev.stillpoint.model.Cancellation;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.chunk.ChunkVisitor;
import dev.stillpoint.repository.chunk.PackKeeper;
import dev.stillpoint.repository.chunk.PlacedChunk;
import dev.stillpoint.repository.format.ChunkId;
import dev.stillpoint.repository.format.ChunkKind;
import dev.stillpoint.repository.map.DiskMap;
import dev.stillpoint.repository.map.NodeReferences;
import dev.stillpoint.repository.sort.RecordSorter;
import dev.stillpoint.repository.sort.SortedRecords;
import dev.stillpoint.repository.stream.StreamMap;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Reads the nodes of one level, each once. Those of the same part of a disk are read together,
 * whatever point they belong to: they refer to mostly the same, and what was met lately costs next
 * to nothing. Within a batch they are read as they lie. One thread, used once.
 */
final class LevelReader implements ChunkVisitor, NodeReferences {

  /** How many nodes are read together at most. */
  private static final int BATCH = 8192;

  /**
   * Of how many places on a disk: of each point a megabyte in a row is read if the leaves were
   * stored together, and what was met there last fits into a processor's cache.
   */
  private static final int PLACES = 128;

  private static final int FANOUT_BITS = 8;

  private final PackKeeper keeper;
  private final Live live;
  private final RecordSorter next;
  private final RecentRecords recent;
  private final Mark.BadNodes bad;
  private final Cancellation cancellation;
  private final MaintenanceListener listener;
  private final List<Node> batch = new ArrayList<>();
  private final byte[] child = new byte[Records.NODE_BYTES];
  private List<Integer> owners = List.of();
  private int position;
  private int places;
  private long children;

  /**
   * @param next takes the nodes of the level below
   */
  LevelReader(
      PackKeeper keeper,
      Live live,
      RecordSorter next,
      RecentRecords recent,
      Mark.BadNodes bad,
      Cancellation cancellation,
      MaintenanceListener listener) {
    this.keeper = keeper;
    this.live = live;
    this.next = next;
    this.recent = recent;
    this.bad = bad;
    this.cancellation = cancellation;
    this.listener = listener;
  }

  /** A node that is to be read, whose it is, and where in the map it is. */
  private record Node(PlacedChunk chunk, int position, List<Integer> owners) {}

  /**
   * @param order next records, sorted
   * @return how many references to nodes of the level below there are, at most
   */
  long read(SortedRecords order) {
    while (order.next()) {
      byte[] buffer = order.buffer();
      int at = order.offset();
      int placed = at + Records.NEXT_PLACED;
      ChunkId id = Records.id(buffer, placed + 12);
      int owner = Records.word(buffer, placed + Records.PLACED_BYTES - Records.OWNER_BYTES);
      int last = batch.size() - 1;
      if (last >= 0 && batch.get(last).chunk().id().equals(id)) {
        batch.get(last).owners().add(owner);
        continue;
      }
      int where = Records.word(buffer, at + Records.OWNER_BYTES);
      if (last < 0 || batch.get(last).position() != where) {
        places++;
      }
      if (batch.size() == BATCH || places > PLACES) {
        readBatch();
      }
      PlacedChunk chunk = new PlacedChunk(id, Records.place(buffer, placed));
      batch.add(new Node(chunk, where, new ArrayList<>(List.of(owner))));
    }
    readBatch();
    return children;
  }

  private void readBatch() {
    cancellation.throwIfRequested();
    batch.sort(
        Comparator.comparingInt((Node node) -> node.chunk().place().pack())
            .thenComparingInt(node -> node.chunk().place().offset()));
    keeper.sweep(batch.stream().map(Node::chunk).toList(), this);
    live.countNodes(batch.size());
    listener.progress(MaintenanceListener.Step.MARK, live.nodes(), 0);
    batch.clear();
    places = 1;
  }

  @Override
  public void content(int number, ChunkKind kind, byte[] content, int offset, int length) {
    begin(number);
    try {
      if (StreamMap.isNode(content, offset, length)) {
        StreamMap.references(content, offset, this);
      } else {
        DiskMap.references(content, offset, length, this);
      }
    } catch (StillpointException e) {
      if (e.kind() != ErrorKind.CORRUPT_DATA) {
        // The node is sound: what it says could not be written down, on a full disk for one.
        throw e;
      }
      bad.bad(batch.get(number).chunk().id(), e.getMessage());
    }
  }

  @Override
  public void unreadable(int number, String problem) {
    begin(number);
    bad.bad(batch.get(number).chunk().id(), problem);
  }

  private void begin(int number) {
    Node node = batch.get(number);
    owners = node.owners();
    position = node.position();
    byte[] id = Records.owned(node.chunk().id(), Live.NOBODY);
    for (int owner : owners) {
      live.addNode(id, 0, owner);
    }
  }

  @Override
  public void node(byte[] content, int offset, int entry) {
    System.arraycopy(content, offset, child, 0, ChunkId.BYTES);
    Records.setWord(child, Records.OWNED_BYTES, place(entry));
    for (int owner : owners) {
      Records.setWord(child, ChunkId.BYTES, owner);
      if (recent.isNew(child, place(entry))) {
        next.add(child, 0);
        children++;
      }
    }
  }

  @Override
  public void chunk(byte[] content, int offset, int entry) {
    int place = place(entry);
    for (int owner : owners) {
      live.addChunk(content, offset, owner, place);
    }
  }

  private int place(int entry) {
    return (position << FANOUT_BITS) + entry;
  }
}
