package dev.stillpoint.repository.index;

import dev.stillpoint.repository.format.ChunkId;
import dev.stillpoint.repository.format.ChunkPlace;
import java.nio.ByteBuffer;

/**
 * An entry in bytes: id (32), pack (4), offset (4), length (4); the top bit of the length marks a
 * record that was found damaged.
 */
final class Entries {

  static final int BYTES = ChunkId.BYTES + 12;

  private static final int DAMAGED = 1 << 31;

  private Entries() {}

  static int lengthWord(ChunkPlace place) {
    return place.length() | (place.damaged() ? DAMAGED : 0);
  }

  static ChunkPlace place(int pack, int offset, int lengthWord) {
    return new ChunkPlace(pack, offset, lengthWord & ~DAMAGED, isDamaged(lengthWord));
  }

  static boolean isDamaged(int lengthWord) {
    return lengthWord < 0;
  }

  static ChunkId id(byte[] buffer, int offset) {
    return ChunkId.read(ByteBuffer.wrap(buffer, offset, ChunkId.BYTES));
  }

  static ChunkPlace place(byte[] buffer, int offset) {
    ByteBuffer words = ByteBuffer.wrap(buffer, offset + ChunkId.BYTES, 12);
    return place(words.getInt(), words.getInt(), words.getInt());
  }

  static int pack(byte[] buffer, int offset) {
    return ByteBuffer.wrap(buffer).getInt(offset + ChunkId.BYTES);
  }

  static boolean isDamaged(byte[] buffer, int offset) {
    return isDamaged(ByteBuffer.wrap(buffer).getInt(offset + ChunkId.BYTES + 8));
  }

  /** Whether the bytes can be an entry at all. */
  static boolean isPossible(byte[] buffer, int offset) {
    int place = offset + ChunkId.BYTES;
    ByteBuffer words = ByteBuffer.wrap(buffer);
    int length = words.getInt(place + 8) & ~DAMAGED;
    return words.getInt(place) >= 0 && words.getInt(place + 4) >= 0 && length > 0;
  }
}
