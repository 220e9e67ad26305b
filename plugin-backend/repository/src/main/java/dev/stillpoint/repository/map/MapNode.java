package dev.stillpoint.repository.map;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.format.ChunkId;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * One node of a disk map, 256 entries. Not thread-safe. Its bytes, big-endian:
 *
 * <pre>
 * 0  4  magic "SPMN"
 * 4  1  version
 * 5  1  level, 0 for a leaf
 * 6  2  zero
 * 8     leaf: 256 chunk ids (32); else 256 pairs of a node's id (32) and its data chunks (4)
 * </pre>
 *
 * A hole's id is all zeroes. A node without any data is never stored: it is a hole in its parent.
 */
final class MapNode {

  static final int FANOUT_BITS = 8;
  static final int FANOUT = 1 << FANOUT_BITS;

  /** Every map has four levels, so that the same content has the same root whatever its history. */
  static final int LEVELS = 4;

  private static final int MAGIC = 0x53504D4E;
  private static final byte VERSION = 1;
  private static final int HEADER_BYTES = 8;
  private static final int COUNT_BYTES = 4;
  private static final int LEVEL_POSITION = 5;
  private static final byte[] NO_ID = new byte[ChunkId.BYTES];

  private final byte[] content;
  private final ByteBuffer bytes;
  private final int level;
  private boolean changed;

  private MapNode(byte[] content, int level) {
    this.content = content;
    this.bytes = ByteBuffer.wrap(content);
    this.level = level;
  }

  static MapNode empty(int level) {
    MapNode node = new MapNode(new byte[lengthBytes(level)], level);
    node.bytes.putInt(0, MAGIC).put(4, VERSION).put(5, (byte) level);
    return node;
  }

  static MapNode parse(byte[] content, int level) {
    ByteBuffer bytes = ByteBuffer.wrap(content);
    if (content.length != lengthBytes(level)
        || bytes.getInt(0) != MAGIC
        || bytes.get(4) != VERSION
        || bytes.get(5) != level) {
      throw new StillpointException(
          ErrorKind.CORRUPT_DATA,
          "A node of level " + level + " of a disk map is not one",
          "Restore another point; verify the repository.");
    }
    return new MapNode(content, level);
  }

  static void references(byte[] content, int offset, int length, NodeReferences told) {
    byte[] node = Arrays.copyOfRange(content, offset, offset + length);
    int level = length == lengthBytes(1) ? Math.max(1, node[LEVEL_POSITION]) : 0;
    parse(node, level);
    for (int entry = 0; entry < FANOUT; entry++) {
      int start = offset + HEADER_BYTES + entry * entryBytes(level);
      if (Arrays.equals(content, start, start + ChunkId.BYTES, NO_ID, 0, ChunkId.BYTES)) {
        continue;
      }
      if (level == 0) {
        told.chunk(content, start, entry);
      } else {
        told.node(content, start, entry);
      }
    }
  }

  static int lengthBytes(int level) {
    return HEADER_BYTES + FANOUT * entryBytes(level);
  }

  /** How many chunks lie below one entry of a node of that level. */
  static long chunksPerEntry(int level) {
    return 1L << (FANOUT_BITS * level);
  }

  ChunkId id(int entry) {
    return ChunkId.read(bytes.slice(position(entry), ChunkId.BYTES));
  }

  /**
   * @param dataChunks below the entry; for a leaf it follows from the id
   */
  void set(int entry, ChunkId id, long dataChunks) {
    if (id(entry).equals(id)) {
      return;
    }
    changed = true;
    int position = position(entry);
    id.write(bytes.slice(position, ChunkId.BYTES));
    if (level > 0) {
      bytes.putInt(position + ChunkId.BYTES, Math.toIntExact(dataChunks));
    }
  }

  long dataChunks() {
    long sum = 0;
    for (int entry = 0; entry < FANOUT; entry++) {
      if (level > 0) {
        sum += bytes.getInt(position(entry) + ChunkId.BYTES);
      } else if (!id(entry).isHole()) {
        sum++;
      }
    }
    return sum;
  }

  /** Whether it differs from what was loaded. */
  boolean isChanged() {
    return changed;
  }

  byte[] content() {
    return content;
  }

  private int position(int entry) {
    return HEADER_BYTES + entry * entryBytes(level);
  }

  private static int entryBytes(int level) {
    return level == 0 ? ChunkId.BYTES : ChunkId.BYTES + COUNT_BYTES;
  }
}
