package dev.stillpoint.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.activity.EventNumberStore;
import dev.stillpoint.model.SiteId;
import org.junit.jupiter.api.Test;

/** What everybody does who keeps event numbers. */
public abstract class EventNumberStoreContract {

  /** The same store, empty at the beginning of each test. */
  protected abstract EventNumberStore store();

  @Test
  void givesEachNumberOnce() {
    assertThat(store().next(Samples.SITE, 0)).isEqualTo(1);
    assertThat(store().next(Samples.SITE, 0)).isEqualTo(2);
    assertThat(store().next(Samples.SITE, 1)).isEqualTo(3);
  }

  @Test
  void leapsAboveWhatTheManagerHas() {
    assertThat(store().next(Samples.SITE, 500)).isEqualTo(501);
    assertThat(store().next(Samples.SITE, 0)).isEqualTo(502);
  }

  @Test
  void countsEachSiteForItself() {
    assertThat(store().next(Samples.SITE, 500)).isEqualTo(501);
    assertThat(store().next(new SiteId("another"), 0)).isEqualTo(1);
  }
}
