package dev.stillpoint.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.job.BackupRequest;
import dev.stillpoint.job.Run;
import dev.stillpoint.model.RunId;
import dev.stillpoint.policy.Policy;
import dev.stillpoint.schedule.Recurrence;
import dev.stillpoint.schedule.Schedule;
import dev.stillpoint.testing.Samples;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Schedules as they are kept: what these documents say may be added to, never changed. */
final class ScheduleDocumentTest {

  private final Documents documents = new Documents();

  private static Schedule schedule(Recurrence recurrence) {
    return new Schedule(recurrence, 2, LocalDate.of(2026, 11, 21), ZoneId.of("Europe/Berlin"));
  }

  @Test
  void writesEveryKindAndReadsItBack() {
    for (Recurrence recurrence :
        List.of(
            new Recurrence.OneTime(),
            new Recurrence.Daily(),
            new Recurrence.Weekly(Set.of(DayOfWeek.MONDAY, DayOfWeek.SUNDAY)),
            new Recurrence.DayOfMonth(31),
            new Recurrence.LastDayOfMonth(),
            new Recurrence.WeekdayOfMonth(Recurrence.Ordinal.THIRD, DayOfWeek.MONDAY))) {
      Policy policy = Samples.scheduled("1", "Nightly", schedule(recurrence));
      assertThat(documents.read(documents.write(policy), Policy.class)).isEqualTo(policy);
    }
  }

  @Test
  void readsWhatIsKeptAlready() {
    String monthly =
        """
        {"recurrence":{"kind":"weekday-of-month","ordinal":"THIRD","weekday":"MONDAY"},
         "hour":2,"first":"2026-11-21","zone":"Europe/Berlin"}""";
    assertThat(documents.read(monthly, Schedule.class))
        .isEqualTo(
            schedule(new Recurrence.WeekdayOfMonth(Recurrence.Ordinal.THIRD, DayOfWeek.MONDAY)));
    String daily =
        """
        {"recurrence":{"kind":"daily"},"hour":2,"first":"2026-11-21","zone":"Europe/Berlin"}""";
    assertThat(documents.read(daily, Schedule.class)).isEqualTo(schedule(new Recurrence.Daily()));
  }

  @Test
  void aPolicyWithoutAScheduleAndARunThatRepeatsNothingAreWrittenAsBefore() {
    assertThat(documents.write(Samples.policy("1", "Nightly"))).doesNotContain("schedule");
    assertThat(documents.write(Samples.queued("1"))).doesNotContain("repeat");
  }

  @Test
  void keepsWhichRunARunRepeats() {
    Run first = Samples.queued("1");
    BackupRequest request = (BackupRequest) first.request();
    BackupRequest again =
        new BackupRequest(
            request.policy(),
            request.vms(),
            request.excludedDisks(),
            request.freezing(),
            Optional.of(
                new BackupRequest.Repeat(
                    new RunId("1"), 2, Instant.parse("2026-11-21T02:00:00.5Z"))),
            request.group());
    Run repeat = Run.queued(new RunId("2"), first.site(), again, first.created());
    assertThat(documents.read(documents.write(repeat), Run.class)).isEqualTo(repeat);
  }
}
