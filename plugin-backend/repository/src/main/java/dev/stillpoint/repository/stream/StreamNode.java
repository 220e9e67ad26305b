package dev.stillpoint.repository.stream;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.format.ChunkId;
import dev.stillpoint.repository.map.NodeReferences;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * One node of a stream's map: up to 256 entries, each with the bytes of the stream below it. Its
 * bytes, big-endian, always {@value #LENGTH_BYTES}:
 *
 * <pre>
 * 0   4  magic "SPSN"
 * 4   1  version, 1
 * 5   1  level: 0 for a leaf, the root has the highest
 * 6   2  entries, 1 to 256
 * 8      that many times: id (32) of a chunk or of a node one level below, bytes of the stream (8)
 *        zeroes up to the end
 * </pre>
 *
 * A chunk of zeroes has the id of zeroes. All nodes but the last of each level are full. The level
 * of the root is the lowest that suffices; a map of one chunk is one leaf.
 */
final class StreamNode {

  static final int FANOUT = 256;
  static final int LENGTH_BYTES = 10_248;

  /** For the root, whose level only it says itself. */
  static final int ANY_LEVEL = -1;

  private static final int MAGIC = 0x5350534E;
  private static final byte VERSION = 1;

  private final int level;
  private final List<ChunkId> ids = new ArrayList<>();

  /** Where each entry ends, from the node's first byte. */
  private final List<Long> ends = new ArrayList<>();

  StreamNode(int level) {
    this.level = level;
  }

  /**
   * @param expectedBytes of the stream below the node, as its parent has it
   * @param expectedLevel one less than its parent's, or {@link #ANY_LEVEL}
   */
  static StreamNode parse(byte[] content, long expectedBytes, int expectedLevel) {
    ByteBuffer bytes = ByteBuffer.wrap(content);
    if (content.length != LENGTH_BYTES || bytes.getInt() != MAGIC || bytes.get() != VERSION) {
      throw corrupt("is not one");
    }
    StreamNode node = new StreamNode(bytes.get());
    int entries = bytes.getShort();
    boolean rightLevel = expectedLevel == ANY_LEVEL || expectedLevel == node.level;
    if (node.level < 0 || !rightLevel || entries < 1 || entries > FANOUT) {
      throw corrupt("has level " + node.level + " and " + entries + " entries");
    }
    for (int entry = 0; entry < entries; entry++) {
      ChunkId id = ChunkId.read(bytes);
      long length = bytes.getLong();
      boolean sensible = node.level > 0 ? !id.isHole() : length <= Integer.MAX_VALUE;
      if (length < 1 || length > Long.MAX_VALUE - node.lengthBytes() || !sensible) {
        throw corrupt("has an entry of " + length + " bytes with the id " + id);
      }
      node.add(id, length);
    }
    if (expectedBytes != node.lengthBytes()) {
      throw corrupt("has " + node.lengthBytes() + " bytes below it instead of " + expectedBytes);
    }
    return node;
  }

  static boolean isNode(byte[] content, int offset, int length) {
    return length == LENGTH_BYTES && ByteBuffer.wrap(content).getInt(offset) == MAGIC;
  }

  /** Tells what a node refers to, holes left out. */
  static void references(byte[] content, int offset, NodeReferences told) {
    ByteBuffer node = ByteBuffer.wrap(content, offset, LENGTH_BYTES).slice();
    int level = node.get(5);
    int entries = node.getShort(6);
    if (node.get(4) != VERSION || level < 0 || entries < 1 || entries > FANOUT) {
      throw corrupt("has level " + level + " and " + entries + " entries");
    }
    for (int entry = 0; entry < entries; entry++) {
      int start = 8 + entry * (ChunkId.BYTES + Long.BYTES);
      if (level > 0) {
        told.node(content, offset + start, entry);
      } else if (!ChunkId.read(node.slice(start, ChunkId.BYTES)).isHole()) {
        told.chunk(content, offset + start, entry);
      }
    }
  }

  private static StillpointException corrupt(String what) {
    return new StillpointException(
        ErrorKind.CORRUPT_DATA,
        "A node of a stream's map " + what,
        "Restore another point; verify the repository.");
  }

  void add(ChunkId id, long lengthBytes) {
    ends.add(Math.addExact(lengthBytes(), lengthBytes));
    ids.add(id);
  }

  int level() {
    return level;
  }

  int entries() {
    return ids.size();
  }

  ChunkId id(int entry) {
    return ids.get(entry);
  }

  /** Where the entry starts, from the node's first byte. */
  long start(int entry) {
    return entry == 0 ? 0 : ends.get(entry - 1);
  }

  long entryBytes(int entry) {
    return ends.get(entry) - start(entry);
  }

  long lengthBytes() {
    return ends.isEmpty() ? 0 : ends.get(ends.size() - 1);
  }

  /** The entry that has the byte so far behind the node's first. */
  int entryAt(long offset) {
    int low = 0;
    int high = entries() - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (ends.get(middle) <= offset) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  byte[] content() {
    ByteBuffer bytes = ByteBuffer.allocate(LENGTH_BYTES);
    bytes.putInt(MAGIC).put(VERSION).put((byte) level).putShort((short) entries());
    for (int entry = 0; entry < entries(); entry++) {
      ids.get(entry).write(bytes);
      bytes.putLong(entryBytes(entry));
    }
    return bytes.array();
  }
}
