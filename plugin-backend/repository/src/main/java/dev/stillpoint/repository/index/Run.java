package dev.stillpoint.repository.index;

import static dev.stillpoint.repository.index.RunFormat.BLOCK_CHECKED_BYTES;
import static dev.stillpoint.repository.index.RunFormat.PAGE_BYTES;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.blob.BlobName;
import dev.stillpoint.repository.blob.BlobStore;
import dev.stillpoint.repository.format.ChunkId;
import dev.stillpoint.repository.format.ChunkPlace;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One run, open: fences, marks and extents in memory, 4 bytes for 93 entries and 12 for an extent;
 * the filter too while it is small; the entries in the file. Thread-safe.
 */
final class Run {

  private final BlobStore blobs;
  private final BlobName name;
  private final Footer footer;
  private final int[] fences;
  private final BitSet marks;
  private final Extents extents;
  private final List<Long> replaced;

  /** Filter lines, or nothing when they are to be read from the file. */
  private final byte[] filter;

  private final AtomicBoolean damaged = new AtomicBoolean();

  private Run(BlobStore blobs, Footer footer, TailReader tail, byte[] filter) {
    this.blobs = blobs;
    this.name = RunNames.run(footer.number());
    this.footer = footer;
    this.filter = filter;
    this.fences = new int[footer.blocks()];
    for (int i = 0; i < fences.length; i++) {
      fences[i] = tail.nextInt();
    }
    this.marks = BitSet.valueOf(tail.nextBytes(RunFormat.markBytes(fences.length)));
    this.extents = Extents.read(tail::nextInt, footer.extents());
    this.replaced = new ArrayList<>();
    for (int i = 0; i < footer.replaced(); i++) {
      replaced.add(tail.nextLong());
    }
  }

  /**
   * Opens a run.
   *
   * @param filterBytes heap that its filter may take
   * @throws StillpointException CORRUPT_DATA or NOT_FOUND when it is damaged, as far as that shows
   *     without reading all of it; CONFLICT when another version of Stillpoint wrote it
   */
  static Run open(BlobStore blobs, long number, long filterBytes) {
    Footer footer = Footer.read(blobs, number);
    BlobName name = RunNames.run(number);
    int blocks = footer.blocks();
    boolean small = (long) blocks * FilterLine.BYTES <= Math.min(filterBytes, 1 << 30);
    byte[] filter = small ? readFilter(blobs, name, blocks) : new byte[0];
    TailReader tail = new TailReader(blobs, name, RunFormat.tailOffset(blocks), footer.tailBytes());
    try {
      Run run = new Run(blobs, footer, tail, filter);
      if (tail.checksum() == footer.tailChecksum() && run.fencesAreInOrder()) {
        return run;
      }
    } catch (IllegalArgumentException e) {
      throw Footer.corrupt(name, "its extents are impossible");
    }
    throw Footer.corrupt(name, "its tail does not match its checksum");
  }

  private static byte[] readFilter(BlobStore blobs, BlobName name, int blocks) {
    byte[] lines = new byte[blocks * FilterLine.BYTES];
    for (int block = 0; block < blocks; block += RunFormat.GROUP_BLOCKS) {
      int length = FilterLine.BYTES * Math.min(RunFormat.GROUP_BLOCKS, blocks - block);
      int start = FilterLine.BYTES * block;
      blobs.read(name, RunFormat.lineOffset(block), ByteBuffer.wrap(lines, start, length));
    }
    for (int block = 0; block < blocks; block++) {
      if (!FilterLine.isSealed(lines, block * FilterLine.BYTES, block)) {
        throw Footer.corrupt(
            name, "its filter for block " + block + " does not match its checksum");
      }
    }
    return lines;
  }

  private boolean fencesAreInOrder() {
    for (int i = 1; i < fences.length; i++) {
      if (Integer.compareUnsigned(fences[i - 1], fences[i]) > 0) {
        return false;
      }
    }
    return true;
  }

  long number() {
    return footer.number();
  }

  long age() {
    return footer.age();
  }

  long entries() {
    return footer.entries();
  }

  boolean hasDamagedEntries() {
    return footer.damaged() > 0;
  }

  int blocks() {
    return fences.length;
  }

  int fence(int block) {
    return fences[block];
  }

  /** Blocks that hold an entry that is marked damaged. */
  BitSet marks() {
    return (BitSet) marks.clone();
  }

  Extents extents() {
    return extents;
  }

  List<Long> replaced() {
    return List.copyOf(replaced);
  }

  int highestPack() {
    return footer.highestPack();
  }

  /** Heap that the filter takes. */
  long filterBytes() {
    return filter.length;
  }

  /** Heap that all of it takes. */
  long heapBytes() {
    return (long) Integer.BYTES * fences.length
        + marks.size() / Byte.SIZE
        + (long) Extents.BYTES * extents.count()
        + filter.length;
  }

  BlobName name() {
    return name;
  }

  /** Whether it was found damaged while it was in use. */
  boolean isDamaged() {
    return damaged.get();
  }

  /** Returns whether nobody has noted that before. */
  boolean noteDamage() {
    return damaged.compareAndSet(false, true);
  }

  /** What this run says of the id. A part that is damaged says nothing, and the listener hears. */
  Optional<ChunkPlace> find(ChunkId id, DamageListener listener) {
    int prefix = (int) (id.word(0) >>> 32);
    for (int block = lastBlockFrom(prefix); block >= 0; block--) {
      if (mayContain(block, id, listener)) {
        Optional<ChunkPlace> place = findIn(block, id, listener);
        if (place.isPresent()) {
          return place;
        }
      }
      if (fences[block] != prefix) {
        break;
      }
      // The id's first bytes begin this block: others like it may end the one before.
    }
    return Optional.empty();
  }

  /**
   * Reads blocks that lie in one group.
   *
   * @return what is wrong with them, empty when nothing is
   */
  String read(int block, int count, byte[] into) {
    String problem = read(RunFormat.blockOffset(block), into, count * PAGE_BYTES);
    for (int i = 0; problem.isEmpty() && i < count; i++) {
      if (!RunFormat.isSealed(into, i * PAGE_BYTES, BLOCK_CHECKED_BYTES, block + i)) {
        problem = "block " + (block + i) + " does not match its checksum";
      }
    }
    return problem;
  }

  /** Reads one line of the filter, as {@link #read(int, int, byte[])} does blocks. */
  String readLine(int block, byte[] into) {
    String problem = read(RunFormat.lineOffset(block), into, FilterLine.BYTES);
    return !problem.isEmpty() || FilterLine.isSealed(into, 0, block)
        ? problem
        : "the filter of block " + block + " does not match its checksum";
  }

  int entriesInBlock(int block) {
    return RunFormat.entriesInBlock(footer.entries(), block);
  }

  private String read(long offset, byte[] into, int length) {
    try {
      blobs.read(name, offset, ByteBuffer.wrap(into, 0, length));
      return "";
    } catch (StillpointException e) {
      if (e.kind() == ErrorKind.NOT_FOUND || e.kind() == ErrorKind.CORRUPT_DATA) {
        return e.getMessage();
      }
      throw e;
    }
  }

  /** The last block whose fence is not above the prefix, or -1. */
  private int lastBlockFrom(int prefix) {
    int low = 0;
    int high = fences.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (Integer.compareUnsigned(fences[middle], prefix) <= 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - 1;
  }

  private boolean mayContain(int block, ChunkId id, DamageListener listener) {
    if (filter.length > 0) {
      return FilterLine.mayContain(filter, block * FilterLine.BYTES, id);
    }
    byte[] line = new byte[FilterLine.BYTES];
    String problem = readLine(block, line);
    if (!problem.isEmpty()) {
      listener.damaged(this, problem);
      return true;
    }
    return FilterLine.mayContain(line, 0, id);
  }

  private Optional<ChunkPlace> findIn(int block, ChunkId id, DamageListener listener) {
    byte[] page = new byte[PAGE_BYTES];
    String problem = read(block, 1, page);
    if (!problem.isEmpty()) {
      listener.damaged(this, problem);
      return Optional.empty();
    }
    ByteBuffer entries = ByteBuffer.wrap(page);
    int low = 0;
    int high = entriesInBlock(block);
    while (low < high) {
      int middle = (low + high) >>> 1;
      int order = compare(entries, middle * Entries.BYTES, id);
      if (order == 0) {
        return place(block, page, middle * Entries.BYTES, listener);
      }
      low = order < 0 ? middle + 1 : low;
      high = order < 0 ? high : middle;
    }
    return Optional.empty();
  }

  private Optional<ChunkPlace> place(int block, byte[] page, int at, DamageListener listener) {
    if (!Entries.isPossible(page, at)) {
      listener.damaged(this, "block " + block + " has an impossible entry");
      return Optional.empty();
    }
    return Optional.of(Entries.place(page, at));
  }

  private static int compare(ByteBuffer entries, int at, ChunkId id) {
    int order = 0;
    for (int word = 0; order == 0 && word < ChunkId.BYTES / Long.BYTES; word++) {
      order = Long.compareUnsigned(entries.getLong(at + Long.BYTES * word), id.word(word));
    }
    return order;
  }
}
