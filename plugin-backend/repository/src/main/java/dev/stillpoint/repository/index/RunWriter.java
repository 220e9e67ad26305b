package dev.stillpoint.repository.index;

import static dev.stillpoint.repository.index.RunFormat.BLOCK_CHECKED_BYTES;
import static dev.stillpoint.repository.index.RunFormat.PAGE_BYTES;

import dev.stillpoint.repository.blob.BlobAppender;
import dev.stillpoint.repository.blob.BlobStore;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Writes one run from sorted entries as they come, in constant memory but for the fences. It
 * appears whole when it is finished, or never. One thread.
 */
final class RunWriter implements AutoCloseable {

  private final BlobStore blobs;
  private final long number;
  private final MemoryAppender small = new MemoryAppender();
  private final BlobAppender appender;
  private final byte[] group = new byte[RunFormat.GROUP_BYTES];
  private final int[] fences;
  private final BitSet marks = new BitSet();
  private long entries;
  private long damaged;
  private int highestPack = -1;
  private boolean begun;
  private boolean finished;

  /**
   * @param maxEntries no more will be added
   * @param smallEntries a run of at most that many is built in memory and published as the small
   *     blob it is
   */
  RunWriter(BlobStore blobs, long number, long maxEntries, int smallEntries) {
    this.blobs = blobs;
    this.number = number;
    this.fences = new int[RunFormat.blocks(maxEntries)];
    this.appender = maxEntries <= smallEntries ? small : createUnfinished(blobs, number);
  }

  private static BlobAppender createUnfinished(BlobStore blobs, long number) {
    // A killed process may have left one of that name.
    blobs.delete(RunNames.unfinished(number));
    return blobs.create(RunNames.unfinished(number));
  }

  /** Adds an entry, each of a higher id than the one before. */
  void add(byte[] buffer, int offset) {
    int block = (int) (entries / RunFormat.BLOCK_ENTRIES);
    int inBlock = (int) (entries % RunFormat.BLOCK_ENTRIES);
    int inGroup = block % RunFormat.GROUP_BLOCKS;
    if (inBlock == 0) {
      if (inGroup == 0 && block > 0) {
        writeGroup(block - 1);
      }
      fences[block] = ByteBuffer.wrap(buffer).getInt(offset);
    }
    int start = (1 + inGroup) * PAGE_BYTES + inBlock * Entries.BYTES;
    System.arraycopy(buffer, offset, group, start, Entries.BYTES);
    FilterLine.add(group, inGroup * FilterLine.BYTES, buffer, offset);
    if (Entries.isDamaged(buffer, offset)) {
      damaged++;
      marks.set(block);
    }
    highestPack = Math.max(highestPack, Entries.pack(buffer, offset));
    entries++;
  }

  /**
   * Publishes the run, durably.
   *
   * @param replaced numbers of the runs that it replaces
   * @param highest number of a pack that anything it replaces ever named, or -1
   */
  void finish(long age, Extents extents, List<Long> replaced, int highest) {
    int blocks = RunFormat.blocks(entries);
    if (blocks > 0) {
      writeGroup(blocks - 1);
    }
    writeHeader();
    TailWriter tail = new TailWriter(appender);
    for (int i = 0; i < blocks; i++) {
      tail.putInt(fences[i]);
    }
    byte[] markBytes = Arrays.copyOf(marks.toByteArray(), RunFormat.markBytes(blocks));
    for (byte mark : markBytes) {
      tail.putByte(mark);
    }
    extents.write(tail::putInt);
    replaced.forEach(tail::putLong);
    Footer footer =
        new Footer(
            number,
            age,
            entries,
            damaged,
            extents.count(),
            replaced.size(),
            Math.max(highest, Math.max(highestPack, extents.highestPack())),
            tail.finish());
    appender.append(footer.encode(), 0, RunFormat.FOOTER_BYTES);
    appender.flush();
    appender.close();
    if (appender == small) {
      blobs.publish(RunNames.run(number), small.content());
    } else {
      blobs.move(RunNames.unfinished(number), RunNames.run(number));
    }
    finished = true;
  }

  /** Removes what was written unless it was finished. */
  @Override
  public void close() {
    if (!finished) {
      appender.close();
      if (appender != small) {
        blobs.delete(RunNames.unfinished(number));
      }
    }
  }

  private void writeHeader() {
    if (!begun) {
      begun = true;
      appender.append(Footer.header(), 0, PAGE_BYTES);
    }
  }

  private void writeGroup(int lastBlock) {
    writeHeader();
    int blocks = lastBlock % RunFormat.GROUP_BLOCKS + 1;
    for (int i = 0; i < blocks; i++) {
      int block = lastBlock - blocks + 1 + i;
      FilterLine.seal(group, i * FilterLine.BYTES, block);
      RunFormat.seal(group, (1 + i) * PAGE_BYTES, BLOCK_CHECKED_BYTES, block);
    }
    appender.append(group, 0, (1 + blocks) * PAGE_BYTES);
    Arrays.fill(group, (byte) 0);
  }

  private static final class MemoryAppender implements BlobAppender {

    private final ByteArrayOutputStream content = new ByteArrayOutputStream();

    @Override
    public void append(byte[] data, int offset, int length) {
      content.write(data, offset, length);
    }

    @Override
    public void flush() {
      // It is durable when it is published.
    }

    @Override
    public void close() {
      // Memory only.
    }

    byte[] content() {
      return content.toByteArray();
    }
  }
}
