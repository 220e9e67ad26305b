package dev.stillpoint.upkeep;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.metering.Meter;
import dev.stillpoint.metering.MeterLine;
import dev.stillpoint.metering.UniqueHours;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.VmId;
import dev.stillpoint.repository.Repository;
import dev.stillpoint.repository.maintenance.OwnerUsage;
import dev.stillpoint.repository.maintenance.UsageFigures;
import dev.stillpoint.retention.VmRef;
import dev.stillpoint.space.Forecast;
import dev.stillpoint.space.SpaceStore;
import dev.stillpoint.space.VmSpace;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is known in numbers: of each VM, of the days to come, of each month. */
public final class Figures {

  /** Days that a trend is drawn from. */
  private static final int TREND_DAYS = 60;

  private final Repository repository;
  private final PointLedger ledger;
  private final SpaceStore space;
  private final InstantSource clock;

  public Figures(Repository repository, PointLedger ledger, SpaceStore space, InstantSource clock) {
    this.repository = requireNonNull(repository, "repository");
    this.ledger = requireNonNull(ledger, "ledger");
    this.space = requireNonNull(space, "space");
    this.clock = requireNonNull(clock, "clock");
  }

  /** Of each VM that keeps points. */
  public Map<VmRef, VmFigures> ofVms() {
    UsageFigures usage = repository.maintenance().usageByOwner();
    Map<VmRef, ByteCount> ended = ledger.endedSince(usage.asOf().orElse(Instant.EPOCH));
    LocalDate today = today();
    Map<VmId, List<VmSpace>> days =
        space.vms(today.minusDays(TREND_DAYS), today.plusDays(1)).stream()
            .collect(Collectors.groupingBy(VmSpace::vm));
    Map<VmRef, VmFigures> result = new LinkedHashMap<>();
    for (PointLedger.VmTotals one : ledger.totals()) {
      VmId vm = one.vm().vm();
      OwnerUsage share = usage.owners().getOrDefault(vm.value(), OwnerUsage.none());
      result.put(
          one.vm(),
          new VmFigures(
              one.vmName(),
              one.points(),
              Optional.of(one.oldest()),
              Optional.of(one.newest()),
              share.unique(),
              share.shared(),
              ended.getOrDefault(one.vm(), ByteCount.ZERO),
              Forecast.growth(days.getOrDefault(vm, List.of()))));
    }
    return result;
  }

  /** When a collection found out who needs what; empty while none did. */
  public Optional<Instant> asOf() {
    return repository.maintenance().usageByOwner().asOf();
  }

  public Forecast forecast() {
    return Forecast.of(space.days(today().minusDays(TREND_DAYS)));
  }

  /**
   * What was kept in a month.
   *
   * @param zone in whose months the hours are shown beside those of UTC
   */
  public List<MeterLine> metered(YearMonth month, ZoneId zone) {
    Instant now = clock.instant();
    return Meter.month(
        month,
        zone,
        now,
        ledger.between(Meter.begin(month, zone), Meter.end(month, zone)),
        UniqueHours.of(space.vms(month.atDay(1), month.plusMonths(1).atDay(1)), now));
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }
}
