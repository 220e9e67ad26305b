package dev.stillpoint.metering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.PolicyId;
import dev.stillpoint.model.RestorePointId;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.model.VmId;
import dev.stillpoint.retention.Gfs;
import dev.stillpoint.retention.Lifetime;
import dev.stillpoint.retention.Retention;
import dev.stillpoint.retention.RunKind;
import dev.stillpoint.space.VmSpace;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MeterTest {

  private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");
  private static final Instant LATER = Instant.parse("2027-01-01T00:00:00Z");
  private static final YearMonth MARCH = YearMonth.of(2026, 3);
  private static final YearMonth APRIL = YearMonth.of(2026, 4);
  private static final VmId VM = new VmId("vm-1");

  private static MeteredPoint point(String since, Optional<Instant> ended) {
    return new MeteredPoint(
        new RestorePointId(since),
        new SiteId("site-1"),
        VM,
        "web01",
        Optional.of(new PolicyId("policy-1")),
        Instant.parse(since),
        ended,
        ByteCount.ofGibibytes(10),
        ByteCount.ofGibibytes(2));
  }

  private static MeterLine only(YearMonth month, MeteredPoint point) {
    List<MeterLine> lines = Meter.month(month, TOKYO, LATER, List.of(point), Map.of());
    assertThat(lines).hasSize(1);
    return lines.get(0);
  }

  @Test
  void aDayFromTheFirstOfAprilInTokyoCountsNineHoursToMarchAndFifteenToAprilInUtc() {
    Instant slot = ZonedDateTime.of(2026, 4, 1, 0, 0, 0, 0, TOKYO).toInstant();
    Lifetime oneDay =
        new Retention(Map.of(RunKind.DAILY, Period.ofDays(1)), 0, Gfs.NONE, TOKYO)
            .lifetime(RunKind.DAILY, slot);
    MeteredPoint point = point(oneDay.since().toString(), oneDay.expires());

    MeterLine march = only(MARCH, point);
    MeterLine april = only(APRIL, point);

    assertThat(march.hours()).isEqualTo(9);
    assertThat(march.localHours()).isZero();
    assertThat(april.hours()).isEqualTo(15);
    assertThat(april.localHours()).isEqualTo(24);
    assertThat(march.logicalByteHours()).isEqualTo(BigInteger.valueOf((9 * 10L) << 30));
    assertThat(april.storedByteHours()).isEqualTo(BigInteger.valueOf((15 * 2L) << 30));
  }

  @Test
  void anHourThatWasBegunCountsInFull() {
    String slot = "2026-04-10T05:00:00Z";
    assertThat(only(APRIL, point(slot, ended("2026-04-10T05:00:00.000000001Z"))).hours())
        .isEqualTo(1);
    assertThat(only(APRIL, point(slot, ended("2026-04-10T06:00:00Z"))).hours()).isEqualTo(1);
    assertThat(only(APRIL, point(slot, ended("2026-04-10T06:00:01Z"))).hours()).isEqualTo(2);
  }

  @Test
  void aPointThatIsKeptStillCountsUntilNow() {
    MeteredPoint point = point("2026-04-10T05:00:00Z", Optional.empty());
    List<MeterLine> lines =
        Meter.month(APRIL, TOKYO, Instant.parse("2026-04-10T07:30:00Z"), List.of(point), Map.of());
    assertThat(lines).extracting(MeterLine::hours).containsExactly(3L);
  }

  @Test
  void nothingIsChargedForWhatEndedBeforeOrBeganLater() {
    List<MeteredPoint> points =
        List.of(
            point("2026-02-01T00:00:00Z", ended("2026-03-01T00:00:00Z")),
            point("2026-05-01T00:00:00Z", Optional.empty()),
            point("2026-04-05T00:00:00Z", ended("2026-04-05T00:00:00Z")));
    assertThat(Meter.month(APRIL, ZoneOffset.UTC, LATER, points, Map.of())).isEmpty();
  }

  @Test
  void noHourIsLostOrCountedTwiceWhateverTheMonths() {
    Random random = new Random(7);
    for (int i = 0; i < 300; i++) {
      Instant since =
          Instant.parse("2026-01-01T00:00:00Z").plusSeconds(random.nextInt(200 * 86_400));
      long seconds = 1L + random.nextInt(100 * 86_400);
      MeteredPoint point = point(since.toString(), Optional.of(since.plusSeconds(seconds)));
      long utc = 0;
      long local = 0;
      for (YearMonth month = YearMonth.of(2025, 12);
          month.isBefore(YearMonth.of(2027, 1));
          month = month.plusMonths(1)) {
        for (MeterLine line :
            Meter.month(month, ZoneId.of("Australia/Lord_Howe"), LATER, List.of(point), Map.of())) {
          utc += line.hours();
          local += line.localHours();
        }
      }
      assertThat(utc).isEqualTo((seconds + 3599) / 3600);
      assertThat(local).isEqualTo(utc);
    }
  }

  @Test
  void theQueryFindsWhateverCountsInEitherReckoning() {
    assertThat(Meter.begin(APRIL, TOKYO)).isEqualTo("2026-03-31T15:00:00Z");
    assertThat(Meter.end(APRIL, TOKYO)).isEqualTo("2026-05-01T00:00:00Z");
  }

  @Test
  void theVmsUniqueSizeStandsOnItsFirstLineOnly() {
    MeteredPoint one = point("2026-04-10T05:00:00Z", ended("2026-04-10T06:00:00Z"));
    MeteredPoint other =
        new MeteredPoint(
            new RestorePointId("x"),
            one.site(),
            one.vm(),
            one.vmName(),
            Optional.empty(),
            one.since(),
            one.ended(),
            one.logical(),
            one.stored());
    Map<VmId, BigInteger> unique =
        UniqueHours.of(
            List.of(
                new VmSpace(LocalDate.of(2026, 4, 10), VM, ByteCount.ofBytes(100), ByteCount.ZERO),
                new VmSpace(LocalDate.of(2026, 4, 11), VM, ByteCount.ofBytes(10), ByteCount.ZERO)),
            Instant.parse("2026-04-11T00:30:00Z"));
    List<MeterLine> lines = Meter.month(APRIL, TOKYO, LATER, List.of(one, other), unique);
    assertThat(lines).extracting(MeterLine::policy).startsWith(Optional.empty());
    assertThat(lines)
        .extracting(MeterLine::uniqueByteHours)
        .containsExactly(Optional.of(BigInteger.valueOf(2410)), Optional.empty());
  }

  private static Optional<Instant> ended(String instant) {
    return Optional.of(Instant.parse(instant));
  }
}
