package dev.stillpoint.repository.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillpoint.repository.format.PackExtent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExtentsTest {

  @Test
  void joinsWhatTouchesAndKeepsWhatDoesNot() {
    Extents extents =
        Extents.of(List.of(extent(2, 5, 9), extent(1, 0, 4), extent(2, 0, 5), extent(2, 10, 11)));
    assertThat(extents.count()).isEqualTo(3);
    assertThat(extents.ofPack(1)).containsExactly(extent(1, 0, 4));
    assertThat(extents.ofPack(2)).containsExactly(extent(2, 0, 9), extent(2, 10, 11));
    assertThat(extents.ofPack(0)).isEmpty();
    assertThat(extents.ofPack(3)).isEmpty();
    assertThat(extents.highestPack()).isEqualTo(2);
    assertThat(Extents.NONE.highestPack()).isEqualTo(-1);
  }

  @Test
  void leavesEmptyOnesOut() {
    assertThat(Extents.of(List.of(extent(1, 7, 7))).count()).isZero();
  }

  @Test
  void keepsOnlyAcceptedPacks() {
    Extents extents = Extents.of(List.of(extent(1, 0, 4), extent(2, 0, 5)));
    assertThat(extents.only(pack -> pack == 2).ofPack(1)).isEmpty();
    assertThat(extents.only(pack -> pack == 2).ofPack(2)).containsExactly(extent(2, 0, 5));
  }

  @Test
  void uniteAsSetsOfBytesDo() {
    Random random = new Random(1);
    for (int round = 0; round < 500; round++) {
      boolean[][] bytes = new boolean[4][40];
      Extents left = random(random, bytes);
      Extents right = random(random, bytes);
      Extents union = left.union(right);
      boolean[][] found = new boolean[4][40];
      for (int pack = 0; pack < 4; pack++) {
        for (PackExtent extent : union.ofPack(pack)) {
          Arrays.fill(found[pack], (int) extent.from(), (int) extent.to(), true);
        }
      }
      assertThat(found).isDeepEqualTo(bytes);
      assertThat(reread(union, union.count()).ofPack(1)).isEqualTo(union.ofPack(1));
    }
  }

  @Test
  void refusesWordsThatAreNoExtents() {
    assertThatThrownBy(() -> read(1, 5, 5)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> read(-1, 0, 5)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> read(1, -1, 5)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> read(2, 0, 5, 1, 0, 5)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> read(1, 0, 5, 1, 5, 6)).isInstanceOf(IllegalArgumentException.class);
    assertThat(read(1, 0, 5, 1, 6, 7).count()).isEqualTo(2);
  }

  private static Extents random(Random random, boolean[][] bytes) {
    List<PackExtent> extents = new ArrayList<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      int pack = random.nextInt(4);
      int from = random.nextInt(40);
      int to = from + random.nextInt(41 - from);
      extents.add(extent(pack, from, to));
      Arrays.fill(bytes[pack], from, to, true);
    }
    return Extents.of(extents);
  }

  private static Extents reread(Extents extents, int count) {
    List<Integer> words = new ArrayList<>();
    extents.write(words::add);
    return Extents.read(words.iterator()::next, count);
  }

  private static Extents read(int... words) {
    PrimitiveIterator.OfInt source = Arrays.stream(words).iterator();
    return Extents.read(source::nextInt, words.length / 3);
  }

  private static PackExtent extent(int pack, long from, long to) {
    return new PackExtent(pack, from, to);
  }
}
