package dev.stillpoint.repository.maintenance;

import dev.stillpoint.repository.chunk.PackQuarantine;
import java.util.BitSet;

/**
 * Packs on their way out. The sets are not to be changed.
 *
 * @param dead nothing in them was needed, or all that was is stored elsewhere as well
 * @param moving what is needed of them is being stored elsewhere
 * @param deleted nobody needs them: their files are gone or about to go
 */
record Quarantine(BitSet dead, BitSet moving, BitSet deleted) {

  Quarantine {
    dead = (BitSet) dead.clone();
    moving = (BitSet) moving.clone();
    deleted = (BitSet) deleted.clone();
  }

  static Quarantine none() {
    return new Quarantine(new BitSet(), new BitSet(), new BitSet());
  }

  BitSet condemned() {
    return union(dead, moving);
  }

  PackQuarantine packs() {
    return new PackQuarantine(condemned(), deleted);
  }

  boolean isEmpty() {
    return dead.isEmpty() && moving.isEmpty() && deleted.isEmpty();
  }

  Quarantine withCondemned(BitSet moreDead, BitSet moreMoving) {
    BitSet allDead = union(dead, moreDead);
    return new Quarantine(allDead, without(union(moving, moreMoving), allDead), deleted);
  }

  /** What was needed of these is stored elsewhere by now. */
  Quarantine withMoved(BitSet moved) {
    return new Quarantine(union(dead, moved), without(moving, moved), deleted);
  }

  Quarantine withPardoned(BitSet pardoned) {
    return new Quarantine(without(dead, pardoned), without(moving, pardoned), deleted);
  }

  Quarantine withDeleted(BitSet gone) {
    return new Quarantine(without(dead, gone), without(moving, gone), union(deleted, gone));
  }

  /** Keeps of the deleted packs those that the index still lists. */
  Quarantine withListed(BitSet listed) {
    BitSet left = (BitSet) deleted.clone();
    left.and(listed);
    return new Quarantine(dead, moving, left);
  }

  static BitSet union(BitSet one, BitSet other) {
    BitSet union = (BitSet) one.clone();
    union.or(other);
    return union;
  }

  static BitSet without(BitSet all, BitSet some) {
    BitSet left = (BitSet) all.clone();
    left.andNot(some);
    return left;
  }
}
