package dev.stillpoint.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stillpoint.terminal.Progress;
import dev.stillpoint.terminal.RateMeter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressTest {

  @Test
  void neverShowsMoreThanAHundredPercent() {
    assertThat(new Progress(300, 200, false).percent()).isEqualTo(100);
    assertThat(new Progress(Long.MAX_VALUE, 1, false).percent()).isEqualTo(100);
  }

  @Test
  void roundsDownSoThatAHundredMeansAll() {
    assertThat(new Progress(999_999, 1_000_000, false).percent()).isEqualTo(99);
    assertThat(new Progress(1_000_000, 1_000_000, false).percent()).isEqualTo(100);
  }

  @Test
  void isZeroWhileNothingIsKnownAndAHundredAtTheEnd() {
    assertThat(new Progress(0, 0, false).percent()).isZero();
    assertThat(new Progress(0, 0, true).percent()).isEqualTo(100);
  }

  @Test
  void tellsTheTimeLeftFromTheRate() {
    assertThat(new Progress(400, 1000, false).timeLeft(100)).contains(Duration.ofSeconds(6));
    assertThat(new Progress(1000, 1000, false).timeLeft(100)).contains(Duration.ZERO);
  }

  @Test
  void saysNoTimeLeftWhenTheRateSaysNothing() {
    Progress half = new Progress(500, 1000, false);
    assertThat(half.timeLeft(0)).isEmpty();
    assertThat(half.timeLeft(Double.NaN)).isEmpty();
    assertThat(new Progress(0, Long.MAX_VALUE, false).timeLeft(1)).isEmpty();
    assertThat(new Progress(1000, 1000, true).timeLeft(100)).isEmpty();
  }

  @Test
  void countsVmsNotYetMeasuredLikeTheAverageOfTheOthers() throws Exception {
    JsonNode run =
        json(
            """
            {"state":"running","vms":[{"state":"reading","disks":[{"bytesTotal":100,"bytesDone":100}]},{"state":"waiting","disks":[]}]}""");
    assertThat(RunProgress.ofRun(run)).isEqualTo(new Progress(100, 200, false));
    assertThat(RunProgress.ofRun(run).percent()).isEqualTo(50);
  }

  @Test
  void doesNotWaitForTheRestOfAVmThatFailed() throws Exception {
    JsonNode run =
        json(
            """
            {"state":"running","vms":[{"state":"failed","disks":[{"bytesTotal":100,"bytesDone":40}]},{"state":"reading","disks":[{"bytesTotal":60,"bytesDone":10}]}]}""");
    assertThat(RunProgress.ofRun(run)).isEqualTo(new Progress(50, 100, false));
  }

  @Test
  void measuresTheRateOverTheLastSeconds() {
    RateMeter meter = new RateMeter();
    assertThat(meter.bytesPerSecond()).isZero();
    meter.note(0, 0);
    meter.note(second(1), 100);
    assertThat(meter.bytesPerSecond()).isEqualTo(100);
    meter.note(second(20), 100);
    meter.note(second(21), 100);
    assertThat(meter.bytesPerSecond()).as("a stall shows").isZero();
  }

  @Test
  void startsMeasuringAnewWhenTheAmountFalls() {
    RateMeter meter = new RateMeter();
    meter.note(0, 1000);
    meter.note(second(1), 10);
    assertThat(meter.bytesPerSecond()).isZero();
    meter.note(second(2), 30);
    assertThat(meter.bytesPerSecond()).isEqualTo(20);
  }

  private static long second(int seconds) {
    return Duration.ofSeconds(seconds).toNanos();
  }

  private static JsonNode json(String text) throws JsonProcessingException {
    return new ObjectMapper().readTree(text);
  }
}
