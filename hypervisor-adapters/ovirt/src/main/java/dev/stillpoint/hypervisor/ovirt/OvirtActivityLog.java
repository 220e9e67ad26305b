package dev.stillpoint.hypervisor.ovirt;

import static org.ovirt.engine.sdk4.builders.Builders.event;
import static org.ovirt.engine.sdk4.builders.Builders.job;
import static org.ovirt.engine.sdk4.builders.Builders.step;
import static org.ovirt.engine.sdk4.builders.Builders.vm;

import dev.stillpoint.hypervisor.ActivityLog;
import dev.stillpoint.hypervisor.EffectJournal;
import dev.stillpoint.hypervisor.OutsideEffect;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.apache.http.HttpStatus;
import org.ovirt.engine.sdk4.builders.EventBuilder;
import org.ovirt.engine.sdk4.services.JobService;
import org.ovirt.engine.sdk4.types.Job;
import org.ovirt.engine.sdk4.types.JobStatus;
import org.ovirt.engine.sdk4.types.LogSeverity;
import org.ovirt.engine.sdk4.types.StepEnum;

/** Events of an origin of our own, and external jobs. */
final class OvirtActivityLog implements ActivityLog {

  private static final String ORIGIN = "Stillpoint";
  private static final String DUPLICATE = "custom id already exists";

  /** Of the newest events; the numbers ascend with them. */
  private static final int LOOKED_AT = 100;

  private final Engine engine;

  OvirtActivityLog(Engine engine) {
    this.engine = engine;
  }

  @Override
  public int highestEventNumber() {
    return engine
        .call(
            "Listing our events",
            () ->
                engine
                    .system()
                    .eventsService()
                    .list()
                    .search("origin=" + ORIGIN)
                    .max(LOOKED_AT)
                    .send())
        .events()
        .stream()
        .filter(e -> ORIGIN.equals(e.origin()) && e.customIdPresent())
        .mapToInt(e -> e.customId().intValueExact())
        .max()
        .orElse(0);
  }

  @Override
  public void add(int number, Event event) {
    try {
      send(number, event);
    } catch (OvirtException e) {
      if (e.detail().contains(DUPLICATE)) {
        throw new StillpointException(
            ErrorKind.CONFLICT,
            "The engine has an event " + number + " of " + ORIGIN + " already",
            "Take a higher number",
            e);
      }
      if (event.vm().isEmpty() || e.kind() == ErrorKind.PERMISSION) {
        throw e;
      }
      // The VM may be gone; what happened to it is told all the same.
      send(number, new Event(event.severity(), event.text(), Optional.empty()));
    }
  }

  private void send(int number, Event event) {
    EventBuilder wanted =
        event()
            .origin(ORIGIN)
            .customId(BigInteger.valueOf(number))
            .severity(severity(event.severity()))
            .description(event.text());
    event.vm().ifPresent(id -> wanted.vm(vm().id(id.value())));
    engine.call(
        "Adding an event", () -> engine.system().eventsService().add().event(wanted).send());
  }

  private static LogSeverity severity(Severity severity) {
    return switch (severity) {
      case NORMAL -> LogSeverity.NORMAL;
      case WARNING -> LogSeverity.WARNING;
      case ERROR -> LogSeverity.ERROR;
    };
  }

  @Override
  public String startTask(String mark, String description, EffectJournal journal) {
    OutsideEffect effect = Effects.task(mark, description);
    journal.intend(effect);
    try {
      return engine
          .call(
              "Adding a job",
              () ->
                  engine
                      .system()
                      .jobsService()
                      .add()
                      .job(job().description(description + ending(mark)).autoCleared(true))
                      .send())
          .job()
          .id();
    } catch (OvirtException e) {
      if (e.isDefinite()) {
        journal.released(effect);
      }
      throw e;
    }
  }

  /** How a job of ours is known again: the engine chooses its id only when it makes it. */
  private static String ending(String mark) {
    return " (" + mark + ")";
  }

  @Override
  public String startStep(String task, String description) {
    return engine
        .call(
            "Adding a step to a job",
            () ->
                service(task)
                    .stepsService()
                    .add()
                    .step(step().type(StepEnum.EXECUTING).description(description))
                    .send())
        .step()
        .id();
  }

  @Override
  public void endStep(String task, String step, boolean succeeded) {
    engine.find(
        "Ending a step of a job",
        () -> service(task).stepsService().stepService(step).end().succeeded(succeeded).send());
  }

  @Override
  public void endTask(String task, String mark, boolean succeeded, EffectJournal journal) {
    end(task, succeeded);
    journal.released(Effects.task(mark, ""));
  }

  /** Ends whatever job of that mark still runs: its process died. */
  void endAbandoned(String mark) {
    List<Job> jobs =
        engine.call("Listing the jobs", () -> engine.system().jobsService().list().send()).jobs();
    jobs.stream()
        .filter(job -> job.externalPresent() && job.external())
        .filter(job -> job.status() == JobStatus.STARTED)
        .filter(job -> job.descriptionPresent() && job.description().endsWith(ending(mark)))
        .forEach(job -> end(job.id(), false));
  }

  /** Records of ended jobs are forgotten after a while: gone counts as ended. */
  private void end(String task, boolean succeeded) {
    try {
      engine.run("Ending a job", () -> service(task).end().succeeded(succeeded).force(true).send());
    } catch (OvirtException e) {
      if (e.status() != HttpStatus.SC_NOT_FOUND) {
        throw e;
      }
    }
  }

  private JobService service(String task) {
    return engine.system().jobsService().jobService(task);
  }
}
