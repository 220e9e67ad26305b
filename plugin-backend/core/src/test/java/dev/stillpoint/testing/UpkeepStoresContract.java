package dev.stillpoint.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.RestorePointId;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.model.VmId;
import dev.stillpoint.retention.Hold;
import dev.stillpoint.space.SpaceDay;
import dev.stillpoint.space.SpaceStore;
import dev.stillpoint.space.VmSpace;
import dev.stillpoint.upkeep.HoldStore;
import dev.stillpoint.upkeep.SightingStore;
import dev.stillpoint.upkeep.SightingStore.Sighting;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the small stores of the upkeep do. */
public abstract class UpkeepStoresContract {

  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final LocalDate DAY = LocalDate.of(2026, 11, 21);
  private static final SiteId OTHER = new SiteId("site-2");

  /** The same stores, empty at the beginning of each test. */
  protected abstract HoldStore holds();

  protected abstract SightingStore sightings();

  protected abstract SpaceStore space();

  private static Hold hold(String point, Instant since, Optional<Instant> until) {
    return new Hold(
        new RestorePointId(point), until, "because " + Samples.ODD_NAME, "admin", since);
  }

  @Test
  void keepsHoldsInTheOrderTheyWerePlaced() {
    Hold later = hold("a", NOON.plusSeconds(1), Optional.empty());
    Hold earlier = hold("b", NOON, Optional.of(NOON.plusNanos(1)));
    holds().put(later);
    holds().put(earlier);
    assertThat(holds().all()).containsExactly(earlier, later);
    Hold changed = hold("b", NOON.plusSeconds(2), Optional.empty());
    holds().put(changed);
    assertThat(holds().all()).containsExactly(later, changed);
  }

  @Test
  void releasesOneHoldAndNoOther() {
    holds().put(hold("a", NOON, Optional.empty()));
    holds().put(hold("b", NOON, Optional.empty()));
    holds().remove(new RestorePointId("a"));
    holds().remove(new RestorePointId("never-there"));
    assertThat(holds().all()).extracting(one -> one.point().value()).containsExactly("b");
  }

  @Test
  void remembersWhenAVmWasSeenLastNotWhenItWasToldLast() {
    VmId vm = new VmId("vm-1");
    sightings().seen(Samples.SITE, Map.of(vm, "new name"), NOON);
    sightings().seen(Samples.SITE, Map.of(vm, "old name"), NOON.minusSeconds(60));
    assertThat(sightings().of(Samples.SITE)).containsExactly(new Sighting(vm, "new name", NOON));
    sightings().seen(Samples.SITE, Map.of(vm, "newest"), NOON.plusNanos(1));
    assertThat(sightings().of(Samples.SITE))
        .containsExactly(new Sighting(vm, "newest", NOON.plusNanos(1)));
  }

  @Test
  void tellsTheVmsOfSitesApart() {
    sightings().seen(Samples.SITE, Map.of(new VmId("b"), "", new VmId("a"), ""), NOON);
    sightings().seen(OTHER, Map.of(new VmId("a"), Samples.ODD_NAME), NOON);
    sightings().seen(OTHER, Map.of(), NOON);
    assertThat(sightings().of(Samples.SITE))
        .extracting(one -> one.vm().value())
        .containsExactly("a", "b");
    assertThat(sightings().of(OTHER)).extracting(Sighting::name).containsExactly(Samples.ODD_NAME);
  }

  private static SpaceDay day(LocalDate day, long needed) {
    return new SpaceDay(day, ByteCount.ofBytes(needed), ByteCount.ofBytes(Long.MAX_VALUE));
  }

  private static VmSpace vm(LocalDate day, String vm, long unique) {
    return new VmSpace(
        day, new VmId(vm), ByteCount.ofBytes(unique), ByteCount.ofBytes(Long.MAX_VALUE));
  }

  @Test
  void keepsTheLastFiguresOfEachDay() {
    space().put(day(DAY, 1), List.of(vm(DAY, "a", 1), vm(DAY, "b", 2)));
    space().put(day(DAY, 3), List.of(vm(DAY, "a", 4)));
    space().put(day(DAY.minusDays(1), 5), List.of());
    assertThat(space().days(DAY.minusDays(9)))
        .containsExactly(day(DAY.minusDays(1), 5), day(DAY, 3));
    assertThat(space().days(DAY)).containsExactly(day(DAY, 3));
    assertThat(space().vms(DAY, DAY.plusDays(1))).containsExactly(vm(DAY, "a", 4), vm(DAY, "b", 2));
    assertThat(space().vms(DAY.minusDays(1), DAY)).isEmpty();
    assertThat(space().of(Set.of(new VmId("a")), DAY, DAY.plusDays(1)))
        .containsExactly(vm(DAY, "a", 4));
    assertThat(space().of(Set.of(new VmId("a")), DAY.minusDays(1), DAY)).isEmpty();
    assertThat(space().of(Set.of(), DAY, DAY.plusDays(1))).isEmpty();
  }

  @Test
  void forgetsWhatIsOld() {
    space().put(day(DAY.minusDays(1), 1), List.of(vm(DAY.minusDays(1), "a", 1)));
    space().put(day(DAY, 2), List.of(vm(DAY, "a", 2)));
    space().forgetBefore(DAY);
    assertThat(space().days(LocalDate.EPOCH)).containsExactly(day(DAY, 2));
    assertThat(space().vms(LocalDate.EPOCH, DAY.plusDays(1))).containsExactly(vm(DAY, "a", 2));
  }
}
