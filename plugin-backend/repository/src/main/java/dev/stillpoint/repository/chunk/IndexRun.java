package dev.stillpoint.repository.chunk;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.format.ChunkId;
import dev.stillpoint.repository.format.ChunkPlace;
import dev.stillpoint.repository.format.PackExtent;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One file of the index on disk, big-endian:
 *
 * <pre>
 *  0  8  magic "STPINDEX"
 *  8  4  version
 * 12  4  number of runs just before this one that were written with it
 * 16  4  number of extents
 * 20  4  number of entries
 * 24     extents: pack (4), from (8), to (8)
 *        entries in the unsigned order of their ids: id (32), pack (4), offset (4), length (4);
 *        the top bit of the length marks a chunk that was found damaged
 *        SHA-256 of everything before (32)
 * </pre>
 */
final class IndexRun {

  private static final long MAGIC = 0x535450494E444558L;
  private static final int VERSION = 0;
  private static final int HEADER_BYTES = 24;
  private static final int EXTENT_BYTES = 20;

  private final int earlierParts;
  private final List<PackExtent> extents;
  private final ByteBuffer entries;

  private IndexRun(int earlierParts, List<PackExtent> extents, ByteBuffer entries) {
    this.earlierParts = earlierParts;
    this.extents = List.copyOf(extents);
    this.entries = requireNonNull(entries, "entries");
  }

  /** How many of the runs before this one its extents need. */
  int earlierParts() {
    return earlierParts;
  }

  /** The parts of packs that this run and its earlier parts list completely. */
  List<PackExtent> extents() {
    return extents;
  }

  void forEach(EntryListener listener) {
    ByteBuffer from = entries.duplicate();
    while (from.hasRemaining()) {
      ChunkId id = ChunkId.read(from);
      listener.entry(id, ChunkIndex.readPlace(from));
    }
  }

  /** Builds the file from entries as {@link ChunkIndex#copy} returns them. */
  static byte[] encode(int earlierParts, List<PackExtent> extents, byte[] entries) {
    int length = HEADER_BYTES + extents.size() * EXTENT_BYTES + entries.length + ChunkId.BYTES;
    ByteBuffer out = ByteBuffer.allocate(length);
    out.putLong(MAGIC).putInt(VERSION).putInt(earlierParts);
    out.putInt(extents.size()).putInt(entries.length / ChunkIndex.ENTRY_BYTES);
    for (PackExtent extent : extents) {
      out.putInt(extent.pack()).putLong(extent.from()).putLong(extent.to());
    }
    for (int start : sortedStarts(entries)) {
      out.put(entries, start, ChunkIndex.ENTRY_BYTES);
    }
    ChunkId.of(out.array(), 0, out.position()).write(out);
    return out.array();
  }

  /**
   * Reads a file.
   *
   * @return empty when it does not match its checksum
   * @throws StillpointException CONFLICT when another version of Stillpoint wrote it
   */
  static Optional<IndexRun> decode(byte[] file) {
    int checked = file.length - ChunkId.BYTES;
    if (checked < HEADER_BYTES
        || !ChunkId.of(file, 0, checked)
            .equals(ChunkId.read(ByteBuffer.wrap(file, checked, ChunkId.BYTES)))) {
      return Optional.empty();
    }
    ByteBuffer in = ByteBuffer.wrap(file, 0, checked);
    if (in.getLong() != MAGIC) {
      return Optional.empty();
    }
    int version = in.getInt();
    if (version != VERSION) {
      throw new StillpointException(
          ErrorKind.CONFLICT,
          "The index has version " + version + ", this Stillpoint reads version " + VERSION,
          "Open the repository with the Stillpoint that wrote it, or a newer one.");
    }
    try {
      int earlierParts = in.getInt();
      int extentCount = in.getInt();
      int entryCount = in.getInt();
      List<PackExtent> extents = new ArrayList<>();
      for (int i = 0; i < extentCount; i++) {
        extents.add(new PackExtent(in.getInt(), in.getLong(), in.getLong()));
      }
      return in.remaining() == (long) entryCount * ChunkIndex.ENTRY_BYTES
          ? Optional.of(new IndexRun(earlierParts, extents, in.slice()))
          : Optional.empty();
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Sorts by the first 32 bits without objects, then puts the few ties in order. */
  private static int[] sortedStarts(byte[] entries) {
    ByteBuffer ids = ByteBuffer.wrap(entries);
    long[] keys = new long[entries.length / ChunkIndex.ENTRY_BYTES];
    for (int i = 0; i < keys.length; i++) {
      int start = i * ChunkIndex.ENTRY_BYTES;
      // Flipping the sign bit makes the signed order of longs the unsigned order of ids.
      keys[i] = ((long) (ids.getInt(start) ^ Integer.MIN_VALUE) << 32) | start;
    }
    Arrays.sort(keys);
    int[] starts = new int[keys.length];
    for (int i = 0; i < keys.length; i++) {
      int start = (int) keys[i];
      int place = i;
      while (place > 0 && compareIds(entries, starts[place - 1], start) > 0) {
        starts[place] = starts[place - 1];
        place--;
      }
      starts[place] = start;
    }
    return starts;
  }

  private static int compareIds(byte[] entries, int left, int right) {
    return Arrays.compareUnsigned(
        entries, left, left + ChunkId.BYTES, entries, right, right + ChunkId.BYTES);
  }

  /** Is told of each entry. */
  interface EntryListener {
    void entry(ChunkId id, ChunkPlace place);
  }
}
