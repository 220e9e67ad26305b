package dev.stillpoint.repository.maintenance;

import dev.stillpoint.repository.format.ChunkId;
import dev.stillpoint.repository.format.ChunkPlace;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The records that maintenance sorts.
 *
 * <pre>
 * owned   id (32), owner (4)                                    by id
 * live    first bytes of an id (8 or 32), owner (4)             by id
 * placed  pack (4), offset (4), length (4), id (32), owner (4)  by place
 * node    id (32), owner (4), position (4)                      by id
 * next    owner (4), position (4), placed (48)                  by disk, place on the disk, place
 * </pre>
 *
 * A node's position is its number among the nodes of its level in the map. It is used only to read
 * together what is alike.
 */
final class Records {

  static final int OWNER_BYTES = 4;
  static final int OWNED_BYTES = ChunkId.BYTES + OWNER_BYTES;
  static final int PLACED_BYTES = 12 + OWNED_BYTES;

  static final int NODE_BYTES = OWNED_BYTES + Integer.BYTES;

  /** Where in a next record the placed one begins. */
  static final int NEXT_PLACED = OWNER_BYTES + Integer.BYTES;

  static final int NEXT_BYTES = NEXT_PLACED + PLACED_BYTES;

  private Records() {}

  static ChunkId id(byte[] record, int offset) {
    return ChunkId.read(ByteBuffer.wrap(record, offset, ChunkId.BYTES));
  }

  static int word(byte[] record, int offset) {
    return ByteBuffer.wrap(record).getInt(offset);
  }

  static void setWord(byte[] record, int offset, int word) {
    ByteBuffer.wrap(record).putInt(offset, word);
  }

  static byte[] owned(ChunkId id, int owner) {
    ByteBuffer record = ByteBuffer.allocate(OWNED_BYTES);
    id.write(record);
    record.putInt(owner);
    return record.array();
  }

  /** The highest node of a map. */
  static byte[] node(ChunkId id, int owner) {
    return Arrays.copyOf(owned(id, owner), NODE_BYTES);
  }

  /** Fills a placed record. */
  static void place(byte[] into, ChunkPlace place, byte[] id, int idOffset, int owner) {
    place(into, 0, place, id, idOffset, owner);
  }

  /** Fills a placed record that begins at {@code offset}. */
  static void place(byte[] into, int offset, ChunkPlace place, byte[] id, int idOffset, int owner) {
    ByteBuffer record = ByteBuffer.wrap(into).position(offset);
    record.putInt(place.pack()).putInt(place.offset()).putInt(place.length());
    record.put(id, idOffset, ChunkId.BYTES).putInt(owner);
  }

  static ChunkPlace place(byte[] placed, int offset) {
    ByteBuffer record = ByteBuffer.wrap(placed, offset, 12);
    return new ChunkPlace(record.getInt(), record.getInt(), record.getInt(), false);
  }
}
