package dev.stillpoint.repository.index;

import dev.stillpoint.repository.format.ChunkId;
import dev.stillpoint.repository.format.ChunkPlace;
import dev.stillpoint.repository.sort.MergedRecords;
import dev.stillpoint.repository.sort.SortedRecords;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * The index's entries in the unsigned order of their ids, for each id the newest one whose pack is
 * accepted. As records they have {@value #RECORD_BYTES} bytes: id (32), pack (4), offset (4),
 * length (4) with a top bit that marks a damaged record. One thread; to be closed.
 */
public final class EntryCursor implements SortedRecords, AutoCloseable {

  public static final int RECORD_BYTES = Entries.BYTES;

  private final SortedRecords all;
  private final IntPredicate pack;
  private final Runnable onClose;
  private final byte[] current = new byte[Entries.BYTES];
  private boolean started;

  /**
   * @param newestFirst the sources; of two with the same id the first counts
   */
  EntryCursor(List<SortedRecords> newestFirst, IntPredicate pack, Runnable onClose) {
    this.all = new MergedRecords(newestFirst, ChunkId.BYTES);
    this.pack = pack;
    this.onClose = onClose;
  }

  /**
   * {@inheritDoc}
   *
   * <p>A part of the index that is damaged is an error: an entry is never left out in silence.
   */
  @Override
  public boolean next() {
    while (all.next()) {
      byte[] buffer = all.buffer();
      int at = all.offset();
      if (!(started && isCurrent(buffer, at)) && pack.test(Entries.pack(buffer, at))) {
        started = true;
        System.arraycopy(buffer, at, current, 0, current.length);
        return true;
      }
    }
    return false;
  }

  @Override
  public byte[] buffer() {
    return current;
  }

  @Override
  public int offset() {
    return 0;
  }

  public ChunkId id() {
    return Entries.id(current, 0);
  }

  public ChunkPlace place() {
    return Entries.place(current, 0);
  }

  /** Lets go of the runs that were read, which a merge may have replaced meanwhile. */
  @Override
  public void close() {
    onClose.run();
  }

  private boolean isCurrent(byte[] buffer, int at) {
    return Arrays.equals(current, 0, ChunkId.BYTES, buffer, at, at + ChunkId.BYTES);
  }
}
