package dev.stillpoint.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.hypervisor.DiskLoad;
import dev.stillpoint.hypervisor.testing.FakeSite;
import dev.stillpoint.model.DiskId;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.model.VmId;
import dev.stillpoint.site.Site;
import dev.stillpoint.site.Sites;
import dev.stillpoint.testing.InMemorySecretStore;
import dev.stillpoint.testing.InMemorySiteStore;
import dev.stillpoint.testing.TestingClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoadWatchTest {

  private static final SiteId SITE = new SiteId("site");
  private static final VmId VM = new VmId("vm");

  private final FakeSite site = new FakeSite();
  private final TestingClock clock = new TestingClock(Instant.EPOCH);
  private Sites sites;
  private LoadWatch watch;

  @BeforeEach
  void start() {
    InMemorySiteStore store = new InMemorySiteStore();
    InMemorySecretStore secrets = new InMemorySecretStore();
    store.insert(new Site(SITE, "site", site.kind(), site.address()));
    secrets.put(SITE, site.password());
    sites = new Sites(store, secrets, List.of(site), site.timeouts());
    watch = new LoadWatch(sites, clock);
  }

  @AfterEach
  void stop() {
    sites.close();
  }

  private static DiskLoad load(String disk, long read, long written) {
    return new DiskLoad(VM, new DiskId(disk), read, written, Optional.empty());
  }

  private static DiskLoad load(String disk, long bytes, double reads, double writes) {
    return new DiskLoad(
        VM, new DiskId(disk), bytes, 0, Optional.of(new DiskLoad.Operations(reads, writes)));
  }

  @Test
  void sumsTheDisksOfAVm() {
    site.surroundings().load(load("a", 100, 1), load("b", 200, 2));
    assertThat(watch.read(SITE))
        .containsExactly(Map.entry(VM, new VmLoad(300, 3, Optional.empty())));
    assertThat(watch.read(SITE).get(VM).bytesPerSecond()).isEqualTo(303);
  }

  @Test
  void smoothsOverTheLastMinuteAndForgetsWhatIsOlder() {
    site.surroundings().load(load("a", 100, 0));
    assertThat(watch.read(SITE).get(VM).readBytesPerSecond()).isEqualTo(100);
    clock.advance(Duration.ofSeconds(30));
    site.surroundings().load(load("a", 300, 0));
    assertThat(watch.read(SITE).get(VM).readBytesPerSecond()).isEqualTo(200);
    clock.advance(Duration.ofSeconds(45));
    site.surroundings().load(load("a", 500, 0));
    assertThat(watch.read(SITE).get(VM).readBytesPerSecond()).isEqualTo(400);
  }

  @Test
  void countsAReadingThatTheMeterRepeatsOnce() {
    site.surroundings().load(load("a", 100, 0));
    watch.read(SITE);
    watch.read(SITE);
    site.surroundings().load(load("a", 300, 0));
    assertThat(watch.read(SITE).get(VM).readBytesPerSecond()).isEqualTo(200);
  }

  @Test
  void knowsTheOperationsOnlyWhereAllDisksTellThem() {
    site.surroundings().load(load("a", 1, 10, 20), load("b", 1, 0));
    assertThat(watch.read(SITE).get(VM).operations()).isEmpty();
    site.surroundings().load(load("a", 1, 10, 20), load("b", 1, 5, 5));
    assertThat(watch.read(SITE).get(VM).operations()).contains(new DiskLoad.Operations(15, 25));
  }

  @Test
  void forgetsAVmThatTheManagerNoLongerTellsOf() {
    site.surroundings().load(load("a", 100, 0));
    watch.read(SITE);
    site.surroundings().load();
    assertThat(watch.read(SITE)).isEmpty();
  }
}
