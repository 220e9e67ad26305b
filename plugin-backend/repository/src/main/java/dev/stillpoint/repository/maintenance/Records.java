package dev.stillpoint.repository.maintenance;

import dev.stillpoint.repository.format.ChunkId;
import dev.stillpoint.repository.format.ChunkPlace;
import java.nio.ByteBuffer;

/**
 * The records that maintenance sorts.
 *
 * <pre>
 * owned   id (32), owner (4)                                    by id
 * live    first bytes of an id (8 or 32), owner (4)             by id
 * placed  pack (4), offset (4), length (4), id (32), owner (4)  by place
 * </pre>
 */
final class Records {

  static final int OWNER_BYTES = 4;
  static final int OWNED_BYTES = ChunkId.BYTES + OWNER_BYTES;
  static final int PLACED_BYTES = 12 + OWNED_BYTES;

  private Records() {}

  static ChunkId id(byte[] record, int offset) {
    return ChunkId.read(ByteBuffer.wrap(record, offset, ChunkId.BYTES));
  }

  static int word(byte[] record, int offset) {
    return ByteBuffer.wrap(record).getInt(offset);
  }

  static void setOwner(byte[] record, int offset, int owner) {
    ByteBuffer.wrap(record).putInt(offset, owner);
  }

  static byte[] owned(ChunkId id, int owner) {
    ByteBuffer record = ByteBuffer.allocate(OWNED_BYTES);
    id.write(record);
    record.putInt(owner);
    return record.array();
  }

  /** Fills a placed record. */
  static void place(byte[] into, ChunkPlace place, byte[] id, int idOffset, int owner) {
    ByteBuffer record = ByteBuffer.wrap(into);
    record.putInt(place.pack()).putInt(place.offset()).putInt(place.length());
    record.put(id, idOffset, ChunkId.BYTES).putInt(owner);
  }

  static ChunkPlace place(byte[] placed, int offset) {
    ByteBuffer record = ByteBuffer.wrap(placed, offset, 12);
    return new ChunkPlace(record.getInt(), record.getInt(), record.getInt(), false);
  }
}
