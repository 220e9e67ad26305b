package dev.stillpoint.repository.index;

import dev.stillpoint.repository.format.PackExtent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;
import java.util.function.IntSupplier;

/**
 * Parts of packs, 12 bytes each, in the order of packs and then of bytes; none touches the next.
 * Immutable.
 */
final class Extents {

  /** In a file: pack (4), from (4), to (4). */
  static final int BYTES = 12;

  static final Extents NONE = new Extents(new int[0]);

  private static final int WORDS = 3;

  /** Pack, from, to; pack, from, to; and so on. */
  private final int[] words;

  private Extents(int[] words) {
    this.words = words;
  }

  static Extents of(List<PackExtent> extents) {
    List<PackExtent> sorted =
        extents.stream()
            .sorted(Comparator.comparing(PackExtent::pack).thenComparing(PackExtent::from))
            .toList();
    Builder builder = new Builder(sorted.size());
    for (PackExtent extent : sorted) {
      builder.add(extent.pack(), Math.toIntExact(extent.from()), Math.toIntExact(extent.to()));
    }
    return builder.build();
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalArgumentException when that is not what it is
   */
  static Extents read(IntSupplier source, int count) {
    int[] words = new int[WORDS * count];
    for (int i = 0; i < words.length; i++) {
      words[i] = source.getAsInt();
    }
    for (int i = 0; i < words.length; i += WORDS) {
      boolean possible = words[i] >= 0 && words[i + 1] >= 0 && words[i + 1] < words[i + 2];
      boolean inOrder =
          i == 0
              || words[i] > words[i - WORDS]
              || (words[i] == words[i - WORDS] && words[i + 1] > words[i - 1]);
      if (!possible || !inOrder) {
        throw new IllegalArgumentException("Not extents");
      }
    }
    return new Extents(words);
  }

  void write(IntConsumer into) {
    for (int word : words) {
      into.accept(word);
    }
  }

  int count() {
    return words.length / WORDS;
  }

  void addPacksTo(BitSet packs) {
    for (int i = 0; i < words.length; i += WORDS) {
      packs.set(words[i]);
    }
  }

  /** The last pack's number, -1 when there is none. */
  int highestPack() {
    return words.length == 0 ? -1 : words[words.length - WORDS];
  }

  /** What is in this or in the other. */
  Extents union(Extents other) {
    Builder builder = new Builder(count() + other.count());
    int left = 0;
    int right = 0;
    while (left < words.length || right < other.words.length) {
      boolean takeLeft =
          right == other.words.length
              || (left < words.length && compare(words, left, other.words, right) <= 0);
      int[] from = takeLeft ? words : other.words;
      int at = takeLeft ? left : right;
      builder.add(from[at], from[at + 1], from[at + 2]);
      left += takeLeft ? WORDS : 0;
      right += takeLeft ? 0 : WORDS;
    }
    return builder.build();
  }

  /** Those of packs that the predicate accepts. */
  Extents only(IntPredicate pack) {
    Builder builder = new Builder(count());
    for (int i = 0; i < words.length; i += WORDS) {
      if (pack.test(words[i])) {
        builder.add(words[i], words[i + 1], words[i + 2]);
      }
    }
    return builder.build();
  }

  List<PackExtent> ofPack(int pack) {
    int low = 0;
    int high = count();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (words[WORDS * middle] < pack) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    List<PackExtent> extents = new ArrayList<>();
    for (int i = WORDS * low; i < words.length && words[i] == pack; i += WORDS) {
      extents.add(new PackExtent(pack, words[i + 1], words[i + 2]));
    }
    return extents;
  }

  private static int compare(int[] left, int i, int[] right, int j) {
    int order = Integer.compare(left[i], right[j]);
    return order == 0 ? Integer.compare(left[i + 1], right[j + 1]) : order;
  }

  /** Takes extents in order and joins those that touch or overlap. */
  private static final class Builder {

    private final int[] words;
    private int length;

    Builder(int count) {
      this.words = new int[WORDS * count];
    }

    void add(int pack, int from, int to) {
      if (from == to) {
        return;
      }
      if (length > 0 && words[length - 3] == pack && from <= words[length - 1]) {
        words[length - 1] = Math.max(words[length - 1], to);
        return;
      }
      words[length] = pack;
      words[length + 1] = from;
      words[length + 2] = to;
      length += WORDS;
    }

    Extents build() {
      return new Extents(length == words.length ? words : Arrays.copyOf(words, length));
    }
  }
}
