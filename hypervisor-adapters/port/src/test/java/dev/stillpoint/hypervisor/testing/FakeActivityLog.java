package dev.stillpoint.hypervisor.testing;

import dev.stillpoint.hypervisor.ActivityLog;
import dev.stillpoint.hypervisor.EffectJournal;
import dev.stillpoint.hypervisor.OutsideEffect;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.util.Map;

/** The fake site's events and tasks. */
final class FakeActivityLog implements ActivityLog {

  private final FakeSession session;
  private final FakeManager manager;

  FakeActivityLog(FakeSession session, FakeManager manager) {
    this.session = session;
    this.manager = manager;
  }

  @Override
  public int highestEventNumber() {
    return session.call(
        FakeCall.ACTIVITY,
        () -> manager.events.keySet().stream().mapToInt(Integer::intValue).max().orElse(0));
  }

  @Override
  public void add(int number, Event event) {
    session.run(
        FakeCall.ACTIVITY,
        () -> {
          if (manager.forgottenEvents.contains(number)
              || manager.events.putIfAbsent(number, event) != null) {
            throw new StillpointException(
                ErrorKind.CONFLICT, "Event " + number + " exists", "Take the next number");
          }
        });
  }

  @Override
  public String startTask(String mark, String description, EffectJournal journal) {
    journal.intend(new OutsideEffect(OutsideEffect.Kind.TASK, mark, Map.of()));
    return session.call(
        FakeCall.ACTIVITY,
        () -> {
          manager.tasks.put(mark, new FakeTask(description));
          return mark;
        });
  }

  @Override
  public String startStep(String task, String description) {
    return session.call(
        FakeCall.ACTIVITY,
        () -> {
          manager.tasks.get(task).steps.put(description, "running");
          return description;
        });
  }

  @Override
  public void endStep(String task, String step, boolean succeeded) {
    session.run(
        FakeCall.ACTIVITY,
        () -> manager.tasks.get(task).steps.put(step, FakeTask.outcome(succeeded)));
  }

  @Override
  public void endTask(String task, String mark, boolean succeeded, EffectJournal journal) {
    session.run(FakeCall.ACTIVITY, () -> manager.tasks.get(mark).end(succeeded));
    journal.released(new OutsideEffect(OutsideEffect.Kind.TASK, mark, Map.of()));
  }
}
