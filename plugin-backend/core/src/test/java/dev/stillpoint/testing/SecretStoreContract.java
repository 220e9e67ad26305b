package dev.stillpoint.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.hypervisor.Password;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.site.SecretStore;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every store of passwords does. */
public abstract class SecretStoreContract {

  private static final SiteId FIRST = new SiteId("site-1");
  private static final SiteId SECOND = new SiteId("site-2");

  /** The same store, empty at the beginning of each test. */
  protected abstract SecretStore store();

  protected final void put(SiteId site, String text) {
    try (Password password = new Password(text.toCharArray())) {
      store().put(site, password);
    }
  }

  protected final Optional<String> text(SiteId site) {
    return store()
        .find(site)
        .map(
            found -> {
              try (found) {
                return found.use(String::new);
              }
            });
  }

  @Test
  void givesAPasswordBackAsItWasEvenWhenTheCallersCopyWasWiped() {
    put(FIRST, "pa\"ss' wörd 🦊\n");
    assertThat(text(FIRST)).contains("pa\"ss' wörd 🦊\n");
  }

  @Test
  void givesItBackAgainAfterItWasClosedOnce() {
    put(FIRST, "secret");
    assertThat(text(FIRST)).contains("secret");
    assertThat(text(FIRST)).contains("secret");
  }

  @Test
  void keepsAnEmptyPassword() {
    put(FIRST, "");
    assertThat(text(FIRST)).contains("");
  }

  @Test
  void keepsThePasswordsOfSitesApart() {
    put(FIRST, "one");
    put(SECOND, "two");
    assertThat(text(FIRST)).contains("one");
    assertThat(text(SECOND)).contains("two");
  }

  @Test
  void replacesAPassword() {
    put(FIRST, "old");
    put(FIRST, "new");
    assertThat(text(FIRST)).contains("new");
  }

  @Test
  void forgetsAPasswordAndOnlyThat() {
    put(FIRST, "one");
    put(SECOND, "two");
    store().delete(FIRST);
    assertThat(text(FIRST)).isEmpty();
    assertThat(text(SECOND)).contains("two");
  }

  @Test
  void deletingWhatIsNotThereIsNoError() {
    store().delete(FIRST);
    assertThat(text(FIRST)).isEmpty();
  }
}
