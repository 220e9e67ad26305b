package dev.stillpoint.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillpoint.hypervisor.testing.FakeCall;
import dev.stillpoint.hypervisor.testing.FakeSite;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.testing.InMemorySecretStore;
import dev.stillpoint.testing.InMemorySiteStore;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SitesTest {

  private final FakeSite manager = new FakeSite();
  private final Sites sites =
      new Sites(
          new InMemorySiteStore(), new InMemorySecretStore(), List.of(manager), manager.timeouts());

  @AfterEach
  void close() {
    sites.close();
  }

  @Test
  void aManagerSetUpAgainIsTheSameSite() {
    Site first = sites.add(wanted("one"), manager.password());
    assertThatThrownBy(() -> sites.add(wanted("two"), manager.password()))
        .isInstanceOf(StillpointException.class)
        .hasMessageContaining("as site one");
    sites.remove(first.id());
    assertThat(sites.add(wanted("two"), manager.password()).id()).isEqualTo(first.id());
  }

  @Test
  void aSessionThatWasBeingOpenedWhenItsSiteWasRemovedIsNotHandedOut() {
    Site site = sites.add(wanted("one"), manager.password());
    manager.faults().beforeEach(FakeCall.CONNECT, () -> sites.remove(site.id()));
    assertThatThrownBy(() -> sites.session(site.id()))
        .isInstanceOf(StillpointException.class)
        .hasMessageContaining("There is no site");
  }

  private Site wanted(String name) {
    return new Site(new SiteId("made-up-" + name), name, manager.kind(), manager.address());
  }
}
