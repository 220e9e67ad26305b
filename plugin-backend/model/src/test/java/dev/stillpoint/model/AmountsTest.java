package dev.stillpoint.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class AmountsTest {

  @Test
  void byteCountReadsLikeAPersonWouldSayIt() {
    assertThat(ByteCount.ofBytes(1023)).hasToString("1023 B");
    assertThat(ByteCount.ofBytes(1536)).hasToString("1.5 KiB");
    assertThat(ByteCount.ofGibibytes(20)).hasToString("20.0 GiB");
    assertThat(ByteCount.ofMebibytes(500)).hasToString("500 MiB");
    assertThat(ByteCount.ofBytes(Long.MAX_VALUE)).hasToString("8.0 EiB");
  }

  @Test
  void amountsThatCannotBeAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> ByteCount.ofBytes(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> new ByteRange(0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new ByteRange(Long.MAX_VALUE, 1));
    assertThatThrownBy(() -> ByteCount.ofGibibytes(1L << 40))
        .isInstanceOf(ArithmeticException.class);
  }

  @Test
  void readsAmountsAsPeopleTypeThem() {
    assertThat(ByteCount.parse("4096")).isEqualTo(ByteCount.ofBytes(4096));
    assertThat(ByteCount.parse(" 20GiB ")).isEqualTo(ByteCount.ofGibibytes(20));
    assertThat(ByteCount.parse("1.5 TiB")).isEqualTo(ByteCount.ofGibibytes(1536));
    for (String wrong : List.of("", "20GB", "-1", "1e3", "GiB", "9999999999 EiB", "1.5.1 MiB")) {
      assertThatThrownBy(() -> ByteCount.parse(wrong))
          .isInstanceOfSatisfying(
              StillpointException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.BAD_REQUEST))
          .hasMessage("'" + wrong + "' is not a size");
    }
  }

  @Test
  void identifiersRefuseBlanksAndEmptiness() {
    assertThatIllegalArgumentException().isThrownBy(() -> new VmId(""));
    assertThatIllegalArgumentException().isThrownBy(() -> new VmId("a b"));
    assertThatIllegalArgumentException().isThrownBy(() -> new VmId("x".repeat(129)));
    assertThat(new VmId("ご")).hasToString("ご");
  }

  @Test
  void cancellationIsForEver() {
    Cancellation cancellation = new Cancellation();
    cancellation.throwIfRequested();
    cancellation.request();
    assertThat(cancellation.isRequested()).isTrue();
    assertThatThrownBy(cancellation::throwIfRequested)
        .isInstanceOfSatisfying(
            StillpointException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CANCELLED));
  }
}
