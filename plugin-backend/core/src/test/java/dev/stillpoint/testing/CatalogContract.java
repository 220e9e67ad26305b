package dev.stillpoint.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.catalog.Catalog;
import dev.stillpoint.catalog.PointFilter;
import dev.stillpoint.catalog.RestorePoint;
import dev.stillpoint.model.RestorePointId;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.model.VmId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every catalog does. */
public abstract class CatalogContract {

  private static final SiteId OTHER_SITE = new SiteId("site-2");
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final PointFilter ALL = new PointFilter(Optional.empty(), Optional.empty(), 100);

  /** The same catalog, empty at the beginning of each test. */
  protected abstract Catalog catalog();

  private static PointFilter of(String vm) {
    return new PointFilter(Optional.empty(), Optional.of(vm), 100);
  }

  private List<String> listed(PointFilter filter) {
    return catalog().list(filter).stream().map(point -> point.id().value()).toList();
  }

  @Test
  void findsAPointAsItWasAdded() {
    RestorePoint rich = Samples.richPoint("rich");
    RestorePoint bare = Samples.point("bare", "vm-2", NOON);
    catalog().add(rich);
    catalog().add(bare);
    assertThat(catalog().find(rich.id())).contains(rich);
    assertThat(catalog().find(bare.id())).contains(bare);
    assertThat(catalog().ids()).containsExactlyInAnyOrder(rich.id(), bare.id());
  }

  @Test
  void knowsNoPointThatWasNotAdded() {
    assertThat(catalog().find(new RestorePointId("p"))).isEmpty();
    assertThat(catalog().ids()).isEmpty();
    assertThat(catalog().list(ALL)).isEmpty();
    assertThat(catalog().newest(Samples.SITE, new VmId("vm-1"))).isEmpty();
  }

  @Test
  void replacesAPointThatIsThereInEveryRespect() {
    catalog().add(Samples.point("p", "vm-1", NOON));
    RestorePoint other = Samples.point(OTHER_SITE, "p", "vm-2", "mail", NOON.plusSeconds(1));
    catalog().add(other);
    assertThat(catalog().list(ALL)).containsExactly(other);
    assertThat(catalog().list(of("vm-1"))).isEmpty();
    assertThat(catalog().list(of("mail"))).containsExactly(other);
    assertThat(catalog().newest(Samples.SITE, new VmId("vm-1"))).isEmpty();
    assertThat(catalog().newest(OTHER_SITE, new VmId("vm-2"))).contains(other);
  }

  @Test
  void removesAPointAndNoOther() {
    catalog().add(Samples.point("a", "vm-1", NOON));
    catalog().add(Samples.point("b", "vm-1", NOON));
    catalog().remove(new RestorePointId("a"));
    catalog().remove(new RestorePointId("never-there"));
    assertThat(listed(ALL)).containsExactly("b");
  }

  @Test
  void theNewestPointIsTheOneWithTheLatestTimeNotTheOneAddedLast() {
    catalog().add(Samples.point("noon", "vm-1", NOON));
    catalog().add(Samples.point("morning", "vm-1", NOON.minusSeconds(3600)));
    catalog().add(Samples.point("other-vm", "vm-2", NOON.plusSeconds(1)));
    catalog().add(Samples.point(OTHER_SITE, "other-site", "vm-1", "x", NOON.plusSeconds(1)));
    assertThat(catalog().newest(Samples.SITE, new VmId("vm-1")))
        .map(point -> point.id().value())
        .contains("noon");
  }

  @Test
  void theNewestOfAVmThatWasRenamedIsStillItsOwn() {
    catalog().add(Samples.point(Samples.SITE, "old", "vm-1", "web", NOON));
    catalog().add(Samples.point(Samples.SITE, "new", "vm-1", "www", NOON.plusSeconds(1)));
    assertThat(catalog().newest(Samples.SITE, new VmId("vm-1")))
        .map(point -> point.id().value())
        .contains("new");
  }

  @Test
  void listsTheNewestFirstToTheNanosecond() {
    catalog().add(Samples.point("0", "vm-1", NOON));
    catalog().add(Samples.point("3", "vm-2", NOON.plusSeconds(1)));
    catalog().add(Samples.point("2", "vm-1", NOON.plusMillis(500)));
    catalog().add(Samples.point("1", "vm-1", NOON.plusNanos(1)));
    assertThat(listed(ALL)).containsExactly("3", "2", "1", "0");
  }

  @Test
  void listsNoMoreThanAskedForAndThoseTheNewest() {
    IntStream.range(0, 20)
        .forEach(i -> catalog().add(Samples.point("p" + i, "vm-1", NOON.plusSeconds(i))));
    assertThat(listed(new PointFilter(Optional.empty(), Optional.empty(), 3)))
        .containsExactly("p19", "p18", "p17");
  }

  @Test
  void listsPointsOfOneSite() {
    catalog().add(Samples.point("here", "vm-1", NOON));
    catalog().add(Samples.point(OTHER_SITE, "there", "vm-1", "x", NOON));
    assertThat(listed(new PointFilter(Optional.of(OTHER_SITE), Optional.empty(), 10)))
        .containsExactly("there");
  }

  @Test
  void listsPointsOfAVmByItsIdOrByAnyNameItHad() {
    catalog().add(Samples.point(Samples.SITE, "1", "vm-1", "web", NOON));
    catalog().add(Samples.point(Samples.SITE, "2", "vm-1", "www", NOON.plusSeconds(2)));
    catalog().add(Samples.point(Samples.SITE, "3", "vm-2", Samples.ODD_NAME, NOON));
    assertThat(listed(of("vm-1"))).containsExactly("2", "1");
    assertThat(listed(of("web"))).containsExactly("1");
    assertThat(listed(of(Samples.ODD_NAME))).containsExactly("3");
    assertThat(listed(of("we"))).isEmpty();
    assertThat(listed(of("%"))).isEmpty();
  }

  @Test
  void listsAPointOnceWhenIdAndNameAreTheSame() {
    catalog().add(Samples.point(Samples.SITE, "1", "web", "web", NOON));
    assertThat(listed(of("web"))).containsExactly("1");
  }

  @Test
  void listsByVmAndSiteTogether() {
    catalog().add(Samples.point(Samples.SITE, "here", "vm-1", "web", NOON));
    catalog().add(Samples.point(OTHER_SITE, "there", "vm-9", "web", NOON));
    assertThat(listed(new PointFilter(Optional.of(OTHER_SITE), Optional.of("web"), 10)))
        .containsExactly("there");
  }
}
