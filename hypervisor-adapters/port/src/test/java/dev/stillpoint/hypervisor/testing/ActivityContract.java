package dev.stillpoint.hypervisor.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillpoint.hypervisor.ActivityLog;
import dev.stillpoint.hypervisor.ActivityLog.Event;
import dev.stillpoint.hypervisor.ActivityLog.Severity;
import dev.stillpoint.hypervisor.OutsideEffect;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every adapter must do with the manager's events and tasks. */
interface ActivityContract {

  ContractSteps steps();

  @Test
  default void takesEachEventNumberOnce() {
    assertThat(log().highestEventNumber()).isZero();
    Event event = new Event(Severity.WARNING, "a test", Optional.of(steps().site.runningVm()));

    log().add(7, event);

    assertThat(log().highestEventNumber()).isEqualTo(7);
    assertThatThrownBy(() -> log().add(7, event))
        .isInstanceOfSatisfying(
            StillpointException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CONFLICT));
    log().add(8, new Event(Severity.NORMAL, "without a VM", Optional.empty()));
    log().add(9, new Event(Severity.ERROR, "an error", Optional.empty()));
    assertThat(log().highestEventNumber()).isEqualTo(9);
  }

  @Test
  default void endsATaskThatWasBegun() {
    String task = log().startTask("mark-1", "a test", steps().journal);
    String step = log().startStep(task, "a part");
    assertThat(steps().site.leftovers()).isNotEmpty();

    log().endStep(task, step, true);
    log().endTask(task, "mark-1", true, steps().journal);

    assertThat(steps().journal.open()).isEmpty();
    steps().assertNothingLeft();
  }

  @Test
  default void endsTheTaskOfAProcessThatDied() {
    String task = log().startTask("mark-1", "a test", steps().journal);
    assertThat(log().startStep(task, "a part")).isNotBlank();
    assertThat(log().startTask("mark-12", "another's", new RecordingJournal())).isNotBlank();

    steps().sweep();

    assertThat(steps().site.leftovers()).as("only the other's is left").hasSize(1);
    steps().session().release(new OutsideEffect(OutsideEffect.Kind.TASK, "mark-12", Map.of()));
    steps().assertNothingLeft();
  }

  private ActivityLog log() {
    return steps().session().activityLog();
  }
}
