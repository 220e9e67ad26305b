package dev.stillpoint.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.catalog.Catalog;
import dev.stillpoint.metering.MeteredPoint;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.PolicyId;
import dev.stillpoint.model.RestorePointId;
import dev.stillpoint.model.RunId;
import dev.stillpoint.model.VmId;
import dev.stillpoint.retention.KeptPoint;
import dev.stillpoint.retention.Lifetime;
import dev.stillpoint.retention.RunKind;
import dev.stillpoint.retention.VmRef;
import dev.stillpoint.upkeep.PointLedger;
import dev.stillpoint.upkeep.PointLedger.VmTotals;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every ledger of points does. */
public abstract class PointLedgerContract {

  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final VmRef VM = new VmRef(Samples.SITE, new VmId("vm-1"));
  private static final VmRef OTHER = new VmRef(Samples.SITE, new VmId("vm-2"));

  /** The same ledger, empty at the beginning of each test. */
  protected abstract PointLedger ledger();

  /** The catalog it is compared with. */
  protected abstract Catalog catalog();

  private static KeptPoint point(String id, VmRef vm, Instant time, Optional<Instant> expires) {
    return new KeptPoint(
        new RestorePointId(id),
        vm,
        "name at " + time,
        Optional.of(new PolicyId("policy-1")),
        new RunId("run-1"),
        time,
        Optional.of(new Lifetime(time.minusNanos(5), RunKind.DAILY, expires)),
        ByteCount.ofGibibytes(40),
        ByteCount.ofBytes(7));
  }

  private static KeptPoint point(String id, Instant time) {
    return point(id, VM, time, Optional.of(time.plusSeconds(60)));
  }

  private static RestorePointId id(String id) {
    return new RestorePointId(id);
  }

  @Test
  void findsPointsAsTheyWereWrittenDown() {
    KeptPoint full = point("full", NOON);
    KeptPoint bare =
        new KeptPoint(
            id("bare"),
            VM,
            Samples.ODD_NAME,
            Optional.empty(),
            new RunId("run-1"),
            NOON.plusSeconds(1),
            Optional.empty(),
            ByteCount.ZERO,
            ByteCount.ofBytes(Long.MAX_VALUE));
    KeptPoint endless = point("endless", VM, NOON.plusSeconds(2), Optional.empty());
    ledger().record(List.of(full, bare, endless));
    ledger().record(List.of());
    assertThat(ledger().find(full.id())).contains(full);
    assertThat(ledger().ofVm(VM)).containsExactly(full, bare, endless);
    assertThat(ledger().ofPolicy(new PolicyId("policy-1"))).containsExactly(full, endless);
    assertThat(ledger().ofVm(OTHER)).isEmpty();
  }

  @Test
  void whatEndedIsKeptNoLongerButStillMetered() {
    ledger().record(List.of(point("a", NOON), point("b", NOON.plusSeconds(1))));
    ledger().end(id("a"), NOON.plusSeconds(30));
    ledger().end(id("a"), NOON.plusSeconds(99));
    ledger().end(id("never-there"), NOON);
    assertThat(ledger().find(id("a"))).isEmpty();
    assertThat(ledger().ofVm(VM)).extracting(one -> one.id().value()).containsExactly("b");
    assertThat(ledger().between(NOON, NOON.plusSeconds(500)))
        .extracting(MeteredPoint::ended)
        .containsExactly(Optional.of(NOON.plusSeconds(30)), Optional.empty());
    assertThat(ledger().endedSince(NOON.plusSeconds(29)))
        .containsExactly(Map.entry(VM, ByteCount.ofBytes(7)));
    assertThat(ledger().endedSince(NOON.plusSeconds(30))).isEmpty();
  }

  @Test
  void metersWhatWasKeptAtAnyTimeBetween() {
    ledger().record(List.of(point("a", NOON)));
    ledger().end(id("a"), NOON.plusSeconds(30));
    Instant since = NOON.minusNanos(5);
    assertThat(ledger().between(NOON.plusSeconds(30), NOON.plusSeconds(60))).isEmpty();
    assertThat(ledger().between(NOON.plusSeconds(29), NOON.plusSeconds(60))).hasSize(1);
    assertThat(ledger().between(since.minusSeconds(9), since)).isEmpty();
    assertThat(ledger().between(since.minusSeconds(9), since.plusNanos(1))).hasSize(1);
  }

  @Test
  void namesVmsWithPointsWhoseTimeHasEnded() {
    ledger()
        .record(
            List.of(
                point("a", VM, NOON, Optional.of(NOON.plusSeconds(60))),
                point("b", VM, NOON, Optional.of(NOON.plusSeconds(60))),
                point("c", OTHER, NOON, Optional.of(NOON.plusSeconds(61))),
                point("d", OTHER, NOON, Optional.empty())));
    assertThat(ledger().withDue(NOON.plusSeconds(60).minusNanos(1))).isEmpty();
    assertThat(ledger().withDue(NOON.plusSeconds(60))).containsExactly(VM);
    assertThat(ledger().withDue(NOON.plusSeconds(61))).containsExactly(VM, OTHER);
    ledger().end(id("a"), NOON);
    ledger().end(id("b"), NOON);
    assertThat(ledger().withDue(NOON.plusSeconds(61))).containsExactly(OTHER);
  }

  @Test
  void addsUpWhatEachVmKeeps() {
    ledger()
        .record(
            List.of(
                point("new", NOON.plusSeconds(5)),
                point("old", NOON),
                point("other", OTHER, NOON, Optional.empty())));
    assertThat(ledger().totals())
        .containsExactly(
            new VmTotals(VM, "name at " + NOON.plusSeconds(5), 2, NOON, NOON.plusSeconds(5)),
            new VmTotals(OTHER, "name at " + NOON, 1, NOON, NOON));
    ledger().end(id("other"), NOON);
    assertThat(ledger().totals()).hasSize(1);
  }

  @Test
  void addsUpWhatWasStoredLately() {
    ledger()
        .record(
            List.of(
                point("old", NOON),
                point("new", NOON.plusSeconds(5)),
                point("gone", NOON.plusSeconds(5))));
    ledger().end(id("gone"), NOON.plusSeconds(6));
    assertThat(ledger().storedSince(NOON.minusNanos(1)))
        .containsExactly(Map.entry(VM, ByteCount.ofBytes(14)));
    assertThat(ledger().storedSince(NOON)).containsExactly(Map.entry(VM, ByteCount.ofBytes(7)));
    assertThat(ledger().storedSince(NOON.plusSeconds(9))).isEmpty();
  }

  @Test
  void tellsThatItHasChanged() {
    long empty = ledger().version();
    ledger().record(List.of(point("a", NOON)));
    long one = ledger().version();
    ledger().end(id("a"), NOON);
    assertThat(List.of(empty, one, ledger().version())).doesNotHaveDuplicates();
    assertThat(ledger().version()).isEqualTo(ledger().version());
  }

  @Test
  void findsOutWhereItDiffersFromTheCatalog() {
    catalog().add(Samples.point("listed", "vm-1", NOON));
    catalog().add(Samples.point("new", "vm-1", NOON));
    catalog().add(Samples.point("back", "vm-1", NOON));
    ledger().record(List.of(point("listed", NOON), point("back", NOON), point("lost", NOON)));
    ledger().end(id("back"), NOON);
    assertThat(ledger().unlisted(10)).containsExactlyInAnyOrder(id("new"), id("back"));
    assertThat(ledger().unlisted(1)).hasSize(1);
    assertThat(ledger().lost()).containsExactly(id("lost"));
    ledger().record(List.of(point("back", NOON)));
    assertThat(ledger().unlisted(10)).containsExactly(id("new"));
    assertThat(ledger().find(id("back"))).isPresent();
  }
}
