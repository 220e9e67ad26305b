package dev.stillpoint.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillpoint.model.ByteRange;
import dev.stillpoint.model.StillpointException;
import java.util.List;
import org.junit.jupiter.api.Test;

class RangeHeaderTest {

  private static final long SIZE = 1000;

  @Test
  void oneRangeIsThatPart() {
    assertThat(RangeHeader.resolve("bytes=0-0", SIZE)).contains(new ByteRange(0, 1));
    assertThat(RangeHeader.resolve("bytes=10-19", SIZE)).contains(new ByteRange(10, 10));
    assertThat(RangeHeader.resolve("Bytes= 990- ", SIZE)).contains(new ByteRange(990, 10));
    assertThat(RangeHeader.resolve("bytes=-10", SIZE)).contains(new ByteRange(990, 10));
  }

  @Test
  void whatReachesBeyondTheEndIsCut() {
    for (String last : List.of("1000", "999999", "9".repeat(18), "9".repeat(40))) {
      assertThat(RangeHeader.resolve("bytes=5-" + last, SIZE)).contains(new ByteRange(5, 995));
      assertThat(RangeHeader.resolve("bytes=-" + last, SIZE)).contains(new ByteRange(0, 1000));
    }
  }

  @Test
  void noRangeAndUnknownUnitsMeanTheWhole() {
    for (String header : List.of("", "lines=1-2", "1-2", "bytes")) {
      assertThat(RangeHeader.resolve(header, SIZE)).as(header).isEmpty();
    }
  }

  @Test
  void whatIsBeyondTheEndOrEmptyOrSeveralOrNonsenseIsRefused() {
    List<String> bad =
        List.of(
            "bytes=1000-",
            "bytes=1000-1001",
            "bytes=" + "9".repeat(40) + "-",
            "bytes=-0",
            "bytes=5-4",
            "bytes=-",
            "bytes=",
            "bytes=a-b",
            "bytes=-5-6",
            "bytes=1-2,4-5",
            "bytes=1-2,");
    for (String header : bad) {
      assertThatThrownBy(() -> RangeHeader.resolve(header, SIZE))
          .as(header)
          .isInstanceOf(StillpointException.class)
          .hasMessageContaining("1000 bytes");
    }
    assertThatThrownBy(() -> RangeHeader.resolve("bytes=0-", 0)).hasMessageContaining("0 bytes");
  }
}
