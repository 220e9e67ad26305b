package dev.stillpoint.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.site.Site;
import dev.stillpoint.site.SiteLimits;
import dev.stillpoint.site.SiteStore;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every site store does. */
public abstract class SiteStoreContract {

  /** The same store, empty at the beginning of each test. */
  protected abstract SiteStore store();

  @Test
  void findsASiteAsItWasKept() {
    Site site = Samples.site("a", Samples.ODD_NAME);
    store().insert(site);
    assertThat(store().find(site.id())).contains(site);
    assertThat(store().all()).containsExactly(site);
  }

  @Test
  void keepsTheLimitsOfASiteUntilItIsForgotten() {
    SiteId id = new SiteId("a");
    store().insert(Samples.site("a", "one"));
    assertThat(store().limits(id)).isEqualTo(SiteLimits.NONE);
    SiteLimits limits =
        new SiteLimits(Optional.of(new ByteCount(Long.MAX_VALUE)), Optional.empty());
    store().limit(id, new SiteLimits(Optional.empty(), Optional.of(new ByteCount(1))));
    store().limit(id, limits);
    assertThat(store().limits(id)).isEqualTo(limits);
    assertThat(store().limits(new SiteId("b"))).isEqualTo(SiteLimits.NONE);
    store().delete(id);
    assertThat(store().limits(id)).isEqualTo(SiteLimits.NONE);
  }

  @Test
  void knowsNoSiteThatWasNotKept() {
    assertThat(store().find(new SiteId("a"))).isEmpty();
    assertThat(store().all()).isEmpty();
  }

  @Test
  void listsSitesByNameWhateverTheCase() {
    store().insert(Samples.site("1", "gamma"));
    store().insert(Samples.site("2", "Beta"));
    store().insert(Samples.site("3", "alpha"));
    assertThat(store().all()).extracting(Site::name).containsExactly("alpha", "Beta", "gamma");
  }

  @Test
  void refusesATakenNameAndKeepsTheFirst() {
    Site first = Samples.site("1", "Lab");
    store().insert(first);
    StillpointException refusal =
        catchThrowableOfType(
            StillpointException.class, () -> store().insert(Samples.site("2", "Lab")));
    assertThat(refusal.kind()).isEqualTo(ErrorKind.CONFLICT);
    assertThat(refusal).hasMessageContaining("Lab");
    assertThat(refusal.remedy()).isNotBlank();
    assertThat(store().all()).containsExactly(first);
  }

  @Test
  void refusesATakenIdentifier() {
    store().insert(Samples.site("1", "Lab"));
    StillpointException refusal =
        catchThrowableOfType(
            StillpointException.class, () -> store().insert(Samples.site("1", "Other")));
    assertThat(refusal.kind()).isEqualTo(ErrorKind.CONFLICT);
    assertThat(store().all()).containsExactly(Samples.site("1", "Lab"));
  }

  @Test
  void forgetsASiteAndFreesItsName() {
    store().insert(Samples.site("1", "Lab"));
    store().insert(Samples.site("2", "Other"));
    store().delete(new SiteId("1"));
    assertThat(store().find(new SiteId("1"))).isEmpty();
    store().insert(Samples.site("3", "Lab"));
    assertThat(store().all()).extracting(site -> site.id().value()).containsExactly("3", "2");
  }

  @Test
  void deletingWhatIsNotThereIsNoError() {
    store().delete(new SiteId("1"));
    assertThat(store().all()).isEmpty();
  }
}
