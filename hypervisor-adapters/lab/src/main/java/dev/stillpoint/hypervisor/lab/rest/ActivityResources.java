package dev.stillpoint.hypervisor.lab.rest;

import dev.stillpoint.hypervisor.lab.doc.Element;
import dev.stillpoint.hypervisor.lab.model.Activity;
import dev.stillpoint.hypervisor.lab.model.Activity.Event;
import dev.stillpoint.hypervisor.lab.model.Activity.Job;
import dev.stillpoint.hypervisor.lab.model.Activity.Severity;
import dev.stillpoint.hypervisor.lab.model.EngineFault;
import dev.stillpoint.hypervisor.lab.model.LabFaults;
import dev.stillpoint.hypervisor.lab.model.Vm;
import dev.stillpoint.hypervisor.lab.model.World;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code /events} and {@code /jobs}: only what others put there, the lab itself is silent. */
final class ActivityResources {
  private static final Pattern ORIGIN =
      Pattern.compile("\\s*origin\\s*=\\s*\"?([^\"]*?)\"?\\s*", Pattern.CASE_INSENSITIVE);

  private final World world;

  ActivityResources(World world) {
    this.world = world;
  }

  void addTo(Routes routes) {
    routes.add("GET", "events", this::events);
    routes.add("POST", "events", this::addEvent);
    routes.add("GET", "jobs", this::jobs);
    routes.add("POST", "jobs", this::addJob);
    routes.add("GET", "jobs/{}", call -> Answer.ok(document(job(call))));
    routes.add("POST", "jobs/{}/end", this::endJob);
    routes.add("GET", "jobs/{}/steps", this::steps);
    routes.add("POST", "jobs/{}/steps", this::addStep);
    routes.add("POST", "jobs/{}/steps/{}/end", this::endStep);
  }

  private Activity activity() {
    return world.activity();
  }

  private void permit(Call call) {
    call.requireAdmin();
    if (world.faults().strikes(LabFaults.Switch.ACTIVITY_REFUSED)) {
      throw EngineFault.forbidden();
    }
  }

  private Answer events(Call call) {
    long max =
        call.parameter("max").map(Long::parseLong).filter(n -> n >= 0).orElse(Long.MAX_VALUE);
    return Answer.ok(
        Element.list("events")
            .addAll(
                activity().events().stream()
                    .filter(search(call.query().getOrDefault("search", "")))
                    .limit(max)
                    .map(ActivityResources::document)
                    .toList()));
  }

  /** As in the engine a search it cannot make sense of finds nothing. */
  private static Predicate<Event> search(String text) {
    Matcher origin = ORIGIN.matcher(text);
    return text.isBlank()
        ? event -> true
        : event -> origin.matches() && event.origin().equalsIgnoreCase(origin.group(1));
  }

  private Answer addEvent(Call call) {
    permit(call);
    Element body = call.body();
    String severity = required(body, "severity");
    Optional<Vm> vm = body.idAt("vm").map(world::vm);
    Event event =
        activity()
            .add(
                required(body, "origin"),
                Integer.parseInt(required(body, "custom_id")),
                Severity.valueOf(severity.toUpperCase(Locale.ROOT)),
                required(body, "description"),
                vm);
    return Answer.created(document(event));
  }

  private static String required(Element body, String name) {
    return body.textAt(name)
        .orElseThrow(() -> EngineFault.incomplete("Event [" + name + "] required for add"));
  }

  private static Element document(Event event) {
    Element element =
        Hrefs.ref("event", "events", String.valueOf(event.index()))
            .add("description", event.description())
            .add("code", event.severity().code())
            .add("custom_id", event.customId())
            .add("flood_rate", 30)
            .add("index", event.index())
            .add("origin", event.origin())
            .add("severity", event.severity().name().toLowerCase(Locale.ROOT))
            .add(Element.date("time", event.time()));
    event
        .vm()
        .ifPresent(
            vm -> {
              element.add(Hrefs.cluster().add("name", "Default"));
              if (vm.isUp()) {
                element.add(Hrefs.host().add("name", "labhost1"));
              }
              element
                  .add(Hrefs.template("template").add("name", "Blank"))
                  .add(Hrefs.vm(vm.id()).add("name", vm.name()));
            });
    return element;
  }

  private Job job(Call call) {
    return activity().job(call.id(0));
  }

  private Answer jobs(Call call) {
    call.requireAdmin();
    return Answer.ok(
        Element.list("jobs")
            .addAll(activity().jobs().values().stream().map(ActivityResources::document).toList()));
  }

  private Answer addJob(Call call) {
    permit(call);
    String description =
        call.body()
            .textAt("description")
            .orElseThrow(() -> EngineFault.incomplete("Job [description] required for add"));
    boolean cleared = call.body().textAt("auto_cleared").map(Boolean::valueOf).orElse(false);
    return Answer.created(document(activity().start(description, cleared, call.account().id())));
  }

  private Answer endJob(Call call) {
    permit(call);
    activity().end(job(call), flag(call, "succeeded", true), flag(call, "force", false));
    return Answer.done();
  }

  private static boolean flag(Call call, String name, boolean otherwise) {
    return call.body().textAt(name).map(Boolean::valueOf).orElse(otherwise);
  }

  private static Element document(Job job) {
    Element element = Hrefs.ref("job", "jobs", job.id());
    String href = element.attributes().get("href");
    element
        .add(Hrefs.actions(href, "clear", "end"))
        .add("description", job.description())
        .addAll(Hrefs.links(href, "steps"))
        .add("auto_cleared", job.autoCleared())
        .add("external", true)
        .add(Element.date("last_updated", job.ended().orElse(job.started())))
        .add(Element.date("start_time", job.started()))
        .add("status", job.status())
        .add(Hrefs.ref("owner", "users", job.owner()));
    job.ended().ifPresent(time -> element.add(Element.date("end_time", time)));
    return element;
  }

  private Answer steps(Call call) {
    Job job = job(call);
    return Answer.ok(
        Element.list("steps")
            .addAll(job.steps().values().stream().map(step -> document(job, step)).toList()));
  }

  private Answer addStep(Call call) {
    permit(call);
    Job job = job(call);
    Job step =
        activity()
            .startStep(
                job,
                call.body().textAt("description").orElse(""),
                call.body().textAt("type").orElse("unknown"));
    return Answer.created(document(job, step));
  }

  private Answer endStep(Call call) {
    permit(call);
    Job step = activity().step(job(call), call.id(1));
    activity().end(step, flag(call, "succeeded", true), false);
    return Answer.done();
  }

  private static Element document(Job job, Job step) {
    Element element = Hrefs.ref("step", "jobs/" + job.id() + "/steps", step.id());
    String href = element.attributes().get("href");
    element
        .add(Hrefs.actions(href, "end"))
        .add("description", step.description())
        .addAll(Hrefs.links(href, "statistics"))
        .add("external", true)
        .add("number", 0)
        .add(Element.date("start_time", step.started()))
        .add("status", step.status())
        .add("type", step.type())
        .add(Hrefs.ref("job", "jobs", job.id()));
    step.ended().ifPresent(time -> element.add(Element.date("end_time", time)));
    return element;
  }
}
