package dev.stillpoint.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillpoint.model.StillpointException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GroupSettingsTest {

  private static GroupSettings settings(int batchSize, int readers) {
    return new GroupSettings(
        Optional.of(LoadOrder.LOAD_PER_TIME),
        Optional.empty(),
        Optional.empty(),
        Optional.of(batchSize),
        Optional.of(readers));
  }

  @Test
  void whatAPolicyDoesNotSayTheServerSays() {
    GroupRules server =
        new GroupRules(
            LoadOrder.LONGEST, OrderBy.HOST, Collective.MEAN, 9, 2, new ReaderLimits(1, 2, 3));
    assertThat(server.with(GroupSettings.STANDARD)).isEqualTo(server);
    assertThat(server.with(settings(0, 5)))
        .isEqualTo(
            new GroupRules(
                LoadOrder.LOAD_PER_TIME,
                OrderBy.HOST,
                Collective.MEAN,
                0,
                5,
                new ReaderLimits(1, 2, 3)));
  }

  @Test
  void refusesFiguresOutOfRangeAndNamesTheRange() {
    assertThatThrownBy(() -> settings(-1, 1)).hasMessage("batchSize cannot be -1");
    assertThatThrownBy(() -> settings(0, 17))
        .isInstanceOfSatisfying(
            StillpointException.class,
            e -> assertThat(e.remedy()).isEqualTo("Give a number from 1 to 16."));
  }
}
