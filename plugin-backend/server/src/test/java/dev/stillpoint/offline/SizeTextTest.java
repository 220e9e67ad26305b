package dev.stillpoint.offline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillpoint.model.StillpointException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SizeTextTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "4096, 4096",
    "4096B, 4096",
    "64KiB, 65536",
    "512 MiB, 536870912",
    "20GiB, 21474836480",
    "1.5TiB, 1649267441664",
    "0.5 GiB, 536870912"
  })
  void readsAmounts(String text, long bytes) {
    assertThat(SizeText.parse(text).bytes()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "GiB", "-1GiB", "20GB", "20 gib", "1e3", "1..5GiB", "0x10", "1 2"})
  void refusesWhatIsNone(String text) {
    assertThatThrownBy(() -> SizeText.parse(text))
        .isInstanceOf(StillpointException.class)
        .hasMessageContaining("'" + text + "'");
  }

  @Test
  void refusesWhatIsMoreThanABillionDisks() {
    assertThatThrownBy(() -> SizeText.parse("999999999999999999PiB"))
        .isInstanceOf(StillpointException.class);
  }
}
