package dev.stillpoint.repository.chunk;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.format.ChunkId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Which packs there are, which of them new points may build on, and who builds on which.
 * Thread-safe; the questions of {@link #exists} and {@link #isReusable} take no lock.
 *
 * <p>A pack is a few bits in memory. Sets are replaced, never changed, so that a look-up that is
 * under way sees one state.
 */
final class PackLedger {

  private volatile BitSet existing = new BitSet();
  private volatile BitSet reusable = new BitSet();
  private volatile BitSet lost = new BitSet();
  private final List<Holder> holders = new ArrayList<>();
  private boolean collecting;
  private boolean alone;
  private long epoch;

  /** Whether the pack can be read. */
  boolean exists(int pack) {
    return existing.get(pack);
  }

  /** Whether the pack's chunks may be counted on by something new. */
  boolean isReusable(int pack) {
    return reusable.get(pack);
  }

  /** Whether the index keeps what it knows of the pack: it exists, or should. */
  boolean isListed(int pack) {
    return existing.get(pack) || lost.get(pack);
  }

  /** Packs that are not there and should be. */
  synchronized void addLost(BitSet packs) {
    BitSet all = copy(lost);
    all.or(packs);
    lost = all;
  }

  /** Number of packs. */
  int count() {
    return existing.cardinality();
  }

  /** The highest number of a pack that exists, 0 without any. */
  int last() {
    return Math.max(0, existing.length() - 1);
  }

  synchronized void add(int pack) {
    existing = with(existing, pack, true);
    reusable = with(reusable, pack, true);
  }

  /** For many at once, when opening. */
  synchronized void addAll(BitSet packs) {
    BitSet all = copy(existing);
    all.or(packs);
    existing = all;
    BitSet mayReuse = copy(reusable);
    mayReuse.or(packs);
    reusable = mayReuse;
  }

  /**
   * Keeps everybody out until {@link #endAlone}.
   *
   * @return false when somebody is at work
   */
  synchronized boolean beginAlone() {
    alone = holders.stream().allMatch(holder -> holder.ended);
    return alone;
  }

  synchronized void endAlone() {
    alone = false;
  }

  /** The pack stays readable, but nothing new is built on it. */
  synchronized void distrust(int pack) {
    reusable = with(reusable, pack, false);
  }

  /** As {@link #distrust}, for many. */
  synchronized void distrustAll(BitSet packs) {
    BitSet left = copy(reusable);
    left.andNot(packs);
    reusable = left;
  }

  /**
   * Takes packs out of reuse, but for those that somebody builds on who was at work at any time
   * since the collection began.
   *
   * @return the packs that were taken
   */
  synchronized BitSet condemn(BitSet packs) {
    BitSet taken = copy(packs);
    holders.forEach(holder -> taken.andNot(holder.packs));
    BitSet left = copy(reusable);
    left.andNot(taken);
    reusable = left;
    epoch++;
    return taken;
  }

  /** Grows with every {@link #condemn}; whoever is at work belongs to the one he began in. */
  synchronized long epoch() {
    return epoch;
  }

  /** Whether everybody has ended who began before that epoch. */
  synchronized boolean isQuietBefore(long later) {
    return holders.stream().allMatch(holder -> holder.ended || holder.born >= later);
  }

  /** A copy of the packs that can be read. */
  BitSet packs() {
    return copy(existing);
  }

  /** Gives condemned packs back for reuse. */
  synchronized void pardon(BitSet packs) {
    BitSet more = copy(reusable);
    more.or(packs);
    more.and(existing);
    reusable = more;
  }

  /** Nobody can read them any more. */
  synchronized void remove(BitSet packs) {
    BitSet left = copy(existing);
    left.andNot(packs);
    existing = left;
    BitSet mayReuse = copy(reusable);
    mayReuse.andNot(packs);
    reusable = mayReuse;
  }

  /** From now on whoever ends counts as still at work, until {@link #endCollection}. */
  synchronized void beginCollection() {
    collecting = true;
  }

  synchronized void endCollection() {
    collecting = false;
    holders.removeIf(holder -> holder.ended);
  }

  /**
   * Starts holding; see {@link Holder}.
   *
   * @throws StillpointException CONFLICT while somebody works alone
   */
  synchronized Holder hold(List<ChunkId> roots) {
    if (alone) {
      throw new StillpointException(
          ErrorKind.CONFLICT,
          "The repository's index is being built again",
          "Wait until that has ended.");
    }
    Holder holder = new Holder(roots);
    holders.add(holder);
    return holder;
  }

  /** Every map that somebody holds who was at work since the collection began. */
  synchronized List<ChunkId> heldRoots() {
    return holders.stream().flatMap(holder -> holder.roots.stream()).distinct().toList();
  }

  private static BitSet with(BitSet set, int bit, boolean value) {
    BitSet changed = copy(set);
    changed.set(bit, value);
    return changed;
  }

  private static BitSet copy(BitSet set) {
    return (BitSet) set.clone();
  }

  /**
   * Somebody at work: a point being written or an image being read. What it holds, maps by their
   * roots and packs one by one, is not collected while it works, nor by a collection that began
   * meanwhile. Thread-safe.
   */
  final class Holder implements AutoCloseable {

    private final BitSet packs = new BitSet();
    private final List<ChunkId> roots;
    private final long born = epoch;
    private boolean ended;

    private Holder(List<ChunkId> roots) {
      this.roots = new ArrayList<>(roots);
    }

    /** Holds a map before it is built on. */
    void holdRoot(ChunkId root) {
      synchronized (PackLedger.this) {
        roots.add(root);
      }
    }

    /**
     * Builds on a pack.
     *
     * @return false when it may not be reused any more
     */
    boolean lean(int pack) {
      synchronized (PackLedger.this) {
        if (!isReusable(pack)) {
          return false;
        }
        packs.set(pack);
        return true;
      }
    }

    @Override
    public void close() {
      synchronized (PackLedger.this) {
        ended = true;
        if (!collecting) {
          holders.remove(this);
        }
      }
    }
  }
}
