package dev.stillpoint.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.model.ByteCount;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AdmissionTest {

  private static final ByteCount FREE = ByteCount.ofMebibytes(5);

  private static SpaceReport space(Optional<ByteCount> reserve) {
    return new SpaceReport(
        reserve,
        ByteCount.ZERO,
        ByteCount.ofMebibytes(15),
        ByteCount.ofMebibytes(14),
        Optional.empty(),
        FREE,
        ByteCount.ofGibibytes(1),
        3);
  }

  @Test
  void admitsWhatFitsExactly() {
    assertThat(Admission.decide(FREE, space(Optional.empty())).admitted()).isTrue();
    assertThat(Admission.decide(ByteCount.ZERO, space(Optional.empty())).admitted()).isTrue();
  }

  @Test
  void refusesOneByteMoreAndSaysTheFigures() {
    Admission refused =
        Admission.decide(
            FREE.plus(ByteCount.ofBytes(1)), space(Optional.of(ByteCount.ofMebibytes(20))));
    assertThat(refused.admitted()).isFalse();
    assertThat(refused.reason())
        .isEqualTo("about 5.0 MiB are to be stored and 5.0 MiB are free, of a reserve of 20.0 MiB");
    assertThat(Admission.decide(FREE, space(Optional.empty())).reason()).endsWith("on the disk");
  }
}
