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
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What is known in numbers: of each VM, of the days to come, of each month. */
public final class Figures {

  /** Days that a trend is drawn from. */
  private static final int TREND_DAYS = 60;

  private final Repository repository;
  private final PointLedger ledger;
  private final SpaceStore space;
  private final InstantSource clock;
  private volatile Known known = new Known(-1, Optional.empty(), Map.of());

  /** What was found out at that state of the ledger and of the repository. */
  private record Known(long version, Optional<Instant> asOf, Map<VmRef, VmFigures> ofVms) {}

  public Figures(Repository repository, PointLedger ledger, SpaceStore space, InstantSource clock) {
    this.repository = requireNonNull(repository, "repository");
    this.ledger = requireNonNull(ledger, "ledger");
    this.space = requireNonNull(space, "space");
    this.clock = requireNonNull(clock, "clock");
  }

  /**
   * Of each VM that keeps points. Found out anew only when points came or went, or a collection
   * told more: lists ask for it with each page.
   */
  public Map<VmRef, VmFigures> ofVms() {
    long version = ledger.version();
    UsageFigures usage = repository.maintenance().usageAtCollection();
    Known before = known;
    if (before.version() == version && before.asOf().equals(usage.asOf())) {
      return before.ofVms();
    }
    Map<VmRef, VmFigures> found = find(usage);
    known = new Known(version, usage.asOf(), found);
    return found;
  }

  private Map<VmRef, VmFigures> find(UsageFigures usage) {
    Instant asOf = usage.asOf().orElse(Instant.EPOCH);
    Map<VmRef, ByteCount> stored = ledger.storedSince(asOf);
    Map<VmRef, ByteCount> ended = ledger.endedSince(asOf);
    Map<VmRef, VmFigures> result = new LinkedHashMap<>();
    for (PointLedger.VmTotals one : ledger.totals()) {
      OwnerUsage share =
          usage
              .owners()
              .getOrDefault(one.vm().vm().value(), OwnerUsage.none())
              .withMoreUnique(stored.getOrDefault(one.vm(), ByteCount.ZERO));
      result.put(
          one.vm(),
          new VmFigures(
              one.vmName(),
              one.points(),
              Optional.of(one.oldest()),
              Optional.of(one.newest()),
              share.unique(),
              share.shared(),
              ended.getOrDefault(one.vm(), ByteCount.ZERO)));
    }
    return Collections.unmodifiableMap(result);
  }

  /** How much more is unique of each of them each day; of a VM of few days nothing is known. */
  public Map<VmId, Long> growth(Set<VmId> vms) {
    LocalDate today = today();
    Map<VmId, Long> growth = new HashMap<>();
    space.of(vms, today.minusDays(TREND_DAYS), today.plusDays(1)).stream()
        .collect(Collectors.groupingBy(VmSpace::vm))
        .forEach((vm, days) -> Forecast.growth(days).ifPresent(perDay -> growth.put(vm, perDay)));
    return growth;
  }

  /** When a collection found out who needs what; empty while none did. */
  public Optional<Instant> asOf() {
    return repository.maintenance().usageAtCollection().asOf();
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
