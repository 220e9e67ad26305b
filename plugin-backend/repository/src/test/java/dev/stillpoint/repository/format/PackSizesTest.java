package dev.stillpoint.repository.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class PackSizesTest {

  private static final int LAST = 0x7fff_ffff;
  private static final long LONGEST = 0xffff_ffffL;

  private final PackSizes packs =
      PackSizes.builder().add(LAST, LONGEST).add(0, 0).add(7, 700).build();

  @Test
  void packsComeInTheOrderOfTheirNumbers() {
    assertThat(shown(packs)).containsExactly("0:0", "7:700", LAST + ":" + LONGEST);
    assertThat(packs.numbers().stream()).containsExactly(0, 7, LAST);
    assertThat(packs.totalBytes()).isEqualTo(LONGEST + 700);
  }

  @Test
  void somePacksCanBeLeftOut() {
    BitSet numbers = new BitSet();
    numbers.set(7);
    numbers.set(8);
    assertThat(shown(packs.without(numbers))).containsExactly("0:0", LAST + ":" + LONGEST);
  }

  @Test
  void aTestOfAllFailsForOne() {
    assertThat(packs.allMatch((number, sizeBytes) -> sizeBytes != 700)).isFalse();
    assertThat(packs.allMatch((number, sizeBytes) -> sizeBytes >= number || number == LAST))
        .isTrue();
  }

  @Test
  void refusesWhatDoesNotFit() {
    PackSizes.Builder builder = PackSizes.builder();
    assertThatIllegalArgumentException().isThrownBy(() -> builder.add(1, LONGEST + 1));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.add(-1, 1));
  }

  private static List<String> shown(PackSizes packs) {
    List<String> shown = new ArrayList<>();
    packs.forEach((number, sizeBytes) -> shown.add(number + ":" + sizeBytes));
    return shown;
  }
}
