package dev.stillpoint.hypervisor.testing;

import java.util.LinkedHashMap;
import java.util.Map;

/** A task as the fake site shows it. */
public final class FakeTask {

  public final String description;

  /**
   * What became of each step, by its description: {@code running}, {@code done}, {@code failed}.
   */
  public final Map<String, String> steps = new LinkedHashMap<>();

  /** What became of the task, in the same words. */
  public String state = "running";

  FakeTask(String description) {
    this.description = description;
  }

  void end(boolean succeeded) {
    state = outcome(succeeded);
    steps.replaceAll((step, was) -> was.equals("running") ? state : was);
  }

  static String outcome(boolean succeeded) {
    return succeeded ? "done" : "failed";
  }
}
