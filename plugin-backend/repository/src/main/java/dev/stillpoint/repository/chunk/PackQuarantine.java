package dev.stillpoint.repository.chunk;

import java.util.BitSet;

/**
 * What earlier collections decided about packs, by their numbers. Not to be changed.
 *
 * @param condemned still readable, but nothing new may be built on them
 * @param deleted gone, or about to be: nobody needs them, though the index may still list them
 */
public record PackQuarantine(BitSet condemned, BitSet deleted) {

  public PackQuarantine {
    condemned = (BitSet) condemned.clone();
    deleted = (BitSet) deleted.clone();
  }

  public static PackQuarantine none() {
    return new PackQuarantine(new BitSet(), new BitSet());
  }
}
