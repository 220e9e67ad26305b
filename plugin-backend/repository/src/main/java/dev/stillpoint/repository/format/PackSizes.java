package dev.stillpoint.repository.format;

import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.LongStream;

/**
 * Number and length of packs, in the order of their numbers: 8 bytes each, as ten terabytes lie in
 * hundreds of thousands. Immutable.
 */
public final class PackSizes {

  /** The upper half a pack's number, the lower its length. */
  private final long[] packs;

  private PackSizes(long[] packs) {
    this.packs = packs;
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Gathers packs in any order; not thread-safe. */
  public static final class Builder {

    private final LongStream.Builder packs = LongStream.builder();

    private Builder() {}

    /**
     * @param sizeBytes less than 4 GiB, as a place in a pack has 32 bits
     */
    public Builder add(int number, long sizeBytes) {
      if (number < 0 || sizeBytes < 0 || sizeBytes >>> Integer.SIZE != 0) {
        throw new IllegalArgumentException("Pack " + number + " of " + sizeBytes + " bytes");
      }
      packs.add((long) number << Integer.SIZE | sizeBytes);
      return this;
    }

    public PackSizes build() {
      long[] sorted = packs.build().toArray();
      Arrays.sort(sorted);
      return new PackSizes(sorted);
    }
  }

  /** Is told of a pack. */
  @FunctionalInterface
  public interface Visitor {
    void pack(int number, long sizeBytes);
  }

  /** Says yes or no to a pack. */
  @FunctionalInterface
  public interface Test {
    boolean accepts(int number, long sizeBytes);
  }

  public void forEach(Visitor visitor) {
    for (long pack : packs) {
      visitor.pack(number(pack), sizeBytes(pack));
    }
  }

  public boolean allMatch(Test test) {
    return Arrays.stream(packs).allMatch(pack -> test.accepts(number(pack), sizeBytes(pack)));
  }

  /** The packs without some. */
  public PackSizes without(BitSet numbers) {
    return new PackSizes(Arrays.stream(packs).filter(pack -> !numbers.get(number(pack))).toArray());
  }

  public BitSet numbers() {
    BitSet numbers = new BitSet();
    forEach((number, sizeBytes) -> numbers.set(number));
    return numbers;
  }

  public long totalBytes() {
    return Arrays.stream(packs).map(PackSizes::sizeBytes).sum();
  }

  private static int number(long pack) {
    return (int) (pack >>> Integer.SIZE);
  }

  private static long sizeBytes(long pack) {
    return pack & 0xFFFF_FFFFL;
  }
}
