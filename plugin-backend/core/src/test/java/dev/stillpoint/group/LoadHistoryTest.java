package dev.stillpoint.group;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.model.VmId;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoadHistoryTest {

  private static final VmId VM = new VmId("vm");
  private final LoadHistory history = new LoadHistory();

  private static Instant at(long seconds) {
    return Instant.ofEpochSecond(seconds);
  }

  @Test
  void whatWasSeenHoldsUntilSomethingElseIsSeen() {
    history.add(at(10), Map.of(VM, 100.0));
    history.add(at(20), Map.of(VM, 400.0));
    assertThat(history.mean(VM, at(10), at(30))).isEqualTo(250);
    assertThat(history.mean(VM, at(15), at(21))).isEqualTo(150);
    assertThat(history.mean(VM, at(25), at(30))).isEqualTo(400);
  }

  @Test
  void whatWasSeenFirstHoldsBeforeItToo() {
    history.add(at(10), Map.of(VM, 100.0));
    assertThat(history.mean(VM, at(0), at(10))).isEqualTo(100);
    assertThat(history.mean(VM, at(0), at(0))).isEqualTo(100);
  }

  @Test
  void aVmThatNobodyToldOfHasNoLoad() {
    assertThat(history.mean(VM, at(0), at(10))).isZero();
    history.add(at(5), Map.of(VM, 100.0));
    history.add(at(6), Map.of());
    assertThat(history.mean(VM, at(6), at(10))).isZero();
    assertThat(history.latest()).isEmpty();
  }
}
