package dev.stillpoint.repository.maintenance;

import dev.stillpoint.repository.index.EntryCursor;
import dev.stillpoint.repository.sort.SortedRecords;
import java.util.Arrays;

/** Passes the index and what is needed side by side. One thread. */
final class LiveJoin {

  private final SortedRecords live;
  private final int idBytes;
  private final byte[] group;
  private int[] owners = new int[8];
  private int count;
  private boolean more;

  private LiveJoin(Live live) {
    this.live = live.sorted();
    this.idBytes = live.idBytes();
    this.group = new byte[idBytes];
  }

  /** Is told of every entry, and of what is needed and has none. */
  interface Visitor {

    /**
     * @param owners holds the owners' numbers in its first {@code count} places; with none nobody
     *     needs the entry
     */
    void entry(EntryCursor entry, int[] owners, int count);

    /** Some chunk whose id begins with these bytes is needed and in no pack. */
    default void missing(byte[] idStart) {}
  }

  static void run(EntryCursor entries, Live live, Visitor visitor) {
    new LiveJoin(live).run(entries, visitor);
  }

  private void run(EntryCursor entries, Visitor visitor) {
    more = live.next();
    boolean grouped = nextGroup();
    boolean matched = false;
    while (entries.next()) {
      int order = grouped ? compare(entries) : -1;
      while (grouped && order > 0) {
        if (!matched) {
          visitor.missing(group);
        }
        grouped = nextGroup();
        matched = false;
        order = grouped ? compare(entries) : -1;
      }
      matched |= order == 0;
      visitor.entry(entries, owners, order == 0 ? count : 0);
    }
    while (grouped) {
      if (!matched) {
        visitor.missing(group);
      }
      grouped = nextGroup();
      matched = false;
    }
  }

  private int compare(EntryCursor entry) {
    int start = entry.offset();
    return Arrays.compareUnsigned(entry.buffer(), start, start + idBytes, group, 0, idBytes);
  }

  /** Takes all records of the next id together. */
  private boolean nextGroup() {
    if (!more) {
      return false;
    }
    System.arraycopy(live.buffer(), live.offset(), group, 0, idBytes);
    count = 0;
    while (more
        && Arrays.equals(
            live.buffer(), live.offset(), live.offset() + idBytes, group, 0, idBytes)) {
      if (count == owners.length) {
        owners = Arrays.copyOf(owners, 2 * count);
      }
      owners[count] = Records.word(live.buffer(), live.offset() + idBytes);
      count++;
      more = live.next();
    }
    return true;
  }
}
