package dev.stillpoint.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillpoint.model.StillpointException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class ScheduleTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Recurrence DAILY = new Recurrence.Daily();

  @Test
  void inEveryZoneEachDayStartsOnceAndAtItsHourUnlessClocksChangeThen() {
    Random random = new Random(5);
    int days = 0;
    int moved = 0;
    for (String id : new TreeSet<>(ZoneId.getAvailableZoneIds())) {
      ZoneId zone = ZoneId.of(id);
      LocalDate from = LocalDate.of(1990 + random.nextInt(60), 1, 1);
      LocalDate until = from.plusYears(1);
      for (int hour : new int[] {0, 2, 23}) {
        Schedule daily = new Schedule(DAILY, hour, from, zone);
        List<Slot> slots =
            daily.between(
                from.minusDays(3).atStartOfDay(zone).toInstant(),
                until.plusDays(1).atStartOfDay(zone).toInstant());
        LocalDate expected = from;
        Instant before = Instant.MIN;
        for (Slot slot : slots) {
          while (!expected.atStartOfDay(zone).toLocalDate().equals(expected)) {
            expected = expected.plusDays(1);
          }
          assertThat(slot.day()).as("%s %d", id, hour).isEqualTo(expected);
          assertThat(slot.begin()).as("%s %s", id, slot).isAfter(before);
          if (slot.note().isEmpty()) {
            assertThat(slot.local().toLocalDateTime()).isEqualTo(slot.day().atTime(hour, 0));
          } else {
            moved++;
          }
          before = slot.begin();
          expected = expected.plusDays(1);
          days++;
        }
        assertThat(expected).as(id).isAfterOrEqualTo(until);
      }
    }
    assertThat(days).isGreaterThan(500_000);
    assertThat(moved).as("daylight saving was met").isGreaterThan(100);
  }

  @Test
  void whoAsksForTheNextStartAgainAndAgainGetsTheSameAsWhoListsThem() {
    for (Recurrence recurrence :
        List.of(
            DAILY,
            new Recurrence.Weekly(Set.of(DayOfWeek.SUNDAY, DayOfWeek.WEDNESDAY)),
            new Recurrence.DayOfMonth(31),
            new Recurrence.LastDayOfMonth(),
            new Recurrence.WeekdayOfMonth(Recurrence.Ordinal.FIFTH, DayOfWeek.MONDAY))) {
      Schedule schedule = new Schedule(recurrence, 2, LocalDate.of(2025, 1, 1), BERLIN);
      List<Slot> listed = schedule.starts(Instant.EPOCH, 60);
      List<Slot> asked = new ArrayList<>();
      Optional<Slot> next = schedule.next(Instant.EPOCH);
      while (asked.size() < 60) {
        Slot slot = next.orElseThrow();
        asked.add(slot);
        assertThat(schedule.at(slot.begin())).contains(slot);
        assertThat(schedule.at(slot.end().minusNanos(1))).contains(slot);
        assertThat(schedule.at(slot.end())).isNotEqualTo(Optional.of(slot));
        next = schedule.next(slot.begin());
      }
      assertThat(asked).isEqualTo(listed);
    }
  }

  @Test
  void anHourThatDoesNotExistStartsAtTheNextInstantOfThatDay() {
    Schedule daily = new Schedule(DAILY, 2, LocalDate.of(2026, 3, 28), BERLIN);
    List<Slot> starts = daily.starts(Instant.EPOCH, 3);
    assertThat(starts)
        .extracting(slot -> slot.begin().toString())
        .containsExactly("2026-03-28T01:00:00Z", "2026-03-29T01:00:00Z", "2026-03-30T00:00:00Z");
    assertThat(starts.get(1).note()).hasValueSatisfying(n -> assertThat(n).contains("at 03:00"));
    Schedule half =
        new Schedule(DAILY, 2, LocalDate.of(2026, 10, 4), ZoneId.of("Australia/Lord_Howe"));
    assertThat(half.next(Instant.EPOCH).orElseThrow().local().toLocalTime()).hasToString("02:30");
  }

  @Test
  void anHourThatComesTwiceStartsTheFirstTimeOnly() {
    Schedule daily = new Schedule(DAILY, 2, LocalDate.of(2026, 10, 25), BERLIN);
    List<Slot> starts = daily.starts(Instant.EPOCH, 2);
    assertThat(starts)
        .extracting(slot -> slot.begin().toString())
        .containsExactly("2026-10-25T00:00:00Z", "2026-10-26T01:00:00Z");
    assertThat(starts.get(0).note()).hasValueSatisfying(n -> assertThat(n).contains("twice"));
    assertThat(daily.at(Instant.parse("2026-10-25T01:30:00Z"))).as("the second time").isEmpty();
  }

  @Test
  void aDayThatAZoneLeavesOutHasNoStartAndSaysSo() {
    Schedule daily = new Schedule(DAILY, 0, LocalDate.of(2011, 12, 29), ZoneId.of("Pacific/Apia"));
    Preview preview = daily.preview(Instant.parse("2011-12-29T00:00:00Z"), 3);
    assertThat(preview.starts())
        .extracting(slot -> slot.day().getDayOfMonth())
        .containsExactly(29, 31, 1);
    assertThat(preview.notes()).anyMatch(note -> note.contains("There is no 2011-12-30"));
  }

  @Test
  void aMonthWithoutA31stOrAFifthMondayHasNoStartAndSaysSo() {
    Schedule last =
        new Schedule(new Recurrence.DayOfMonth(31), 4, LocalDate.of(2026, 1, 1), ZoneOffset.UTC);
    Preview preview = last.preview(Instant.parse("2026-01-01T00:00:00Z"), 3);
    assertThat(preview.starts())
        .extracting(slot -> slot.day().toString())
        .containsExactly("2026-01-31", "2026-03-31", "2026-05-31");
    assertThat(preview.notes())
        .containsExactly(
            "2026-02 has no day 31: no start in that month",
            "2026-04 has no day 31: no start in that month");
    Schedule fifth =
        new Schedule(
            new Recurrence.WeekdayOfMonth(Recurrence.Ordinal.FIFTH, DayOfWeek.MONDAY),
            4,
            LocalDate.of(2026, 1, 1),
            ZoneOffset.UTC);
    preview = fifth.preview(Instant.parse("2026-01-01T00:00:00Z"), 2);
    assertThat(preview.starts())
        .extracting(slot -> slot.day().toString())
        .containsExactly("2026-03-30", "2026-06-29");
    assertThat(preview.notes()).contains("2026-02 has no fifth monday: no start in that month");
  }

  @Test
  void monthlyWeekdaysAreThoseOfTheCalendar() {
    for (YearMonth month = YearMonth.of(2024, 1);
        month.isBefore(YearMonth.of(2034, 1));
        month = month.plusMonths(1)) {
      for (DayOfWeek weekday : DayOfWeek.values()) {
        List<LocalDate> all = new ArrayList<>();
        for (int day = 1; day <= month.lengthOfMonth(); day++) {
          if (month.atDay(day).getDayOfWeek() == weekday) {
            all.add(month.atDay(day));
          }
        }
        List<Recurrence.Ordinal> ordinals = List.of(Recurrence.Ordinal.values());
        for (Recurrence.Ordinal ordinal : ordinals) {
          int place =
              ordinal == Recurrence.Ordinal.LAST ? all.size() - 1 : ordinals.indexOf(ordinal);
          Recurrence monthly = new Recurrence.WeekdayOfMonth(ordinal, weekday);
          Predicate<LocalDate> falls = day -> monthly.fallsOn(day, LocalDate.MIN);
          assertThat(month.atDay(1).datesUntil(month.plusMonths(1).atDay(1)).filter(falls))
              .isEqualTo(place < all.size() ? List.of(all.get(place)) : List.of());
          assertThat(monthly.missing(month).isPresent()).isEqualTo(place >= all.size());
        }
      }
    }
  }

  @Test
  void nothingStartsBeforeTheFirstDay() {
    Schedule weekly =
        new Schedule(
            new Recurrence.Weekly(Set.of(DayOfWeek.SATURDAY)),
            23,
            LocalDate.of(2026, 11, 22),
            BERLIN);
    assertThat(weekly.next(Instant.parse("2026-11-21T00:00:00Z")).orElseThrow().day())
        .isEqualTo(LocalDate.of(2026, 11, 28));
  }

  @Test
  void aOneTimeStartComesOnceAndIsRefusedOnceItHasPassed() {
    Schedule once =
        new Schedule(new Recurrence.OneTime(), 2, LocalDate.of(2026, 11, 21), ZoneOffset.UTC);
    Instant begin = Instant.parse("2026-11-21T02:00:00Z");
    assertThat(once.starts(Instant.EPOCH, 5)).extracting(Slot::begin).containsExactly(begin);
    assertThat(once.next(begin)).isEmpty();
    assertThat(once.preview(begin.plusSeconds(1), 5).notes()).hasSize(1);
    once.requireFuture(begin.plus(Duration.ofMinutes(59)));
    assertThatThrownBy(() -> once.requireFuture(begin.plus(Slot.LENGTH)))
        .isInstanceOf(StillpointException.class)
        .hasMessageContaining("has passed");
  }

  @Test
  void whatCannotBeIsRefused() {
    LocalDate day = LocalDate.of(2026, 11, 21);
    for (int hour : new int[] {-1, 24}) {
      assertThatThrownBy(() -> new Schedule(DAILY, hour, day, BERLIN))
          .isInstanceOf(StillpointException.class);
    }
    assertThatThrownBy(() -> new Recurrence.DayOfMonth(32)).hasMessageContaining("No month");
    assertThatThrownBy(() -> new Recurrence.DayOfMonth(0)).hasMessageContaining("day 0");
    assertThatThrownBy(() -> new Recurrence.Weekly(Set.of())).hasMessageContaining("no weekday");
  }
}
