package dev.stillpoint.repository.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.StillpointException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UsageFileTest {

  private final Counting kept = new Counting();

  private static final class Counting implements StateFile {

    private Optional<String> document = Optional.empty();
    private int loads;

    @Override
    public Optional<String> load() {
      loads++;
      return document;
    }

    @Override
    public void publish(String text) {
      document = Optional.of(text);
    }
  }

  private static UsageFigures figures(long used) {
    return new UsageFigures(
        Optional.of(Instant.parse("2026-11-21T05:30:00Z")),
        ByteCount.ofBytes(used),
        ByteCount.ZERO,
        Map.of("büro 1", new OwnerUsage(ByteCount.ofBytes(used), ByteCount.ZERO)));
  }

  @Test
  void whatWasKeptIsReadOnceHoweverOftenItIsAskedFor() {
    new UsageFile(kept).publish(figures(7));
    UsageFile reopened = new UsageFile(kept);
    assertThat(reopened.load()).contains(figures(7));
    assertThat(reopened.load()).contains(figures(7));
    assertThat(kept.loads).isEqualTo(1);
  }

  @Test
  void theNextCollectionsFiguresTakeThePlaceOfThoseBefore() {
    UsageFile file = new UsageFile(kept);
    assertThat(file.load()).isEmpty();
    file.publish(figures(7));
    assertThat(file.load()).contains(figures(7));
    file.publish(figures(8));
    assertThat(file.load()).contains(figures(8));
  }

  @Test
  void damageIsToldEachTime() {
    kept.publish("{");
    UsageFile file = new UsageFile(kept);
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(file::load).isInstanceOf(StillpointException.class);
    }
  }
}
