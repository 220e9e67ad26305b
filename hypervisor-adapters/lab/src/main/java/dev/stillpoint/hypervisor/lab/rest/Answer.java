package dev.stillpoint.hypervisor.lab.rest;

import dev.stillpoint.hypervisor.lab.doc.Element;
import dev.stillpoint.hypervisor.lab.model.EngineFault;
import dev.stillpoint.hypervisor.lab.model.Ids;
import java.util.Optional;

/** What the API answers: a status and maybe a document. */
record Answer(int status, Optional<Element> body) {
  static Answer ok(Element body) {
    return new Answer(200, Optional.of(body));
  }

  static Answer created(Element body) {
    return new Answer(201, Optional.of(body));
  }

  static Answer accepted() {
    return new Answer(202, Optional.empty());
  }

  /** An action that is done as far as the caller is concerned. */
  static Answer done() {
    return ok(Element.object("action").add("status", "complete"));
  }

  /** An action that a job of the engine goes on with. */
  static Answer doneByJob(String jobName) {
    String job = Ids.named("job " + jobName);
    return ok(
        Element.object("action")
            .add(Element.ref("job", Hrefs.API + "/jobs/" + job, job))
            .add("status", "complete"));
  }

  static Answer fault(EngineFault fault) {
    return new Answer(
        fault.status(), fault.detail().isEmpty() ? Optional.empty() : Optional.of(document(fault)));
  }

  /** A refusal of an action, which the engine puts into the action. */
  static Answer actionFault(EngineFault fault) {
    if (fault.detail().isEmpty()) {
      return fault(fault);
    }
    return new Answer(
        fault.status(),
        Optional.of(Element.object("action").add(document(fault)).add("status", "failed")));
  }

  private static Element document(EngineFault fault) {
    return Element.object("fault").add("detail", fault.detail()).add("reason", fault.reason());
  }
}
