package dev.stillpoint.group;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.model.VmId;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoadIntegralTest {

  private static final VmId VM = new VmId("vm");
  private final LoadIntegral loads = new LoadIntegral();

  private static Instant at(long seconds) {
    return Instant.ofEpochSecond(seconds);
  }

  @Test
  void whatWasSeenHoldsUntilSomethingElseIsSeen() {
    loads.add(at(10), Map.of(VM, 100.0));
    assertThat(loads.until(at(15), VM)).isEqualTo(500);
    loads.add(at(20), Map.of(VM, 400.0));
    assertThat(loads.until(at(20), VM)).isEqualTo(1000);
    assertThat(loads.until(at(30), VM)).isEqualTo(5000);
    assertThat(loads.latest()).containsExactly(Map.entry(VM, 400.0));
  }

  @Test
  void aVmThatNobodyTellsOfHasNoLoadAndKeepsWhatItCarried() {
    assertThat(loads.until(at(10), VM)).isZero();
    loads.add(at(10), Map.of(VM, 100.0));
    loads.add(at(12), Map.of());
    assertThat(loads.until(at(90), VM)).isEqualTo(200);
    assertThat(loads.latest()).isEmpty();
  }

  @Test
  void aClockThatIsSetBackMakesNothingNegative() {
    loads.add(at(10), Map.of(VM, 100.0));
    loads.add(at(5), Map.of(VM, 100.0));
    assertThat(loads.until(at(6), VM)).isEqualTo(100);
    assertThat(loads.until(at(1), VM)).isZero();
  }
}
