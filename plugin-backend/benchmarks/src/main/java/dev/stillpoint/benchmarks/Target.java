package dev.stillpoint.benchmarks;

import static dev.stillpoint.benchmarks.Target.Measure.STORED;
import static dev.stillpoint.benchmarks.Target.Measure.WALL;

import java.util.List;
import java.util.Optional;

/**
 * How much of another tool's figure Stillpoint may take.
 *
 * @param other the tool, and {@code otherWork} its work
 * @param factor the most that ours may be of it
 */
record Target(String work, Measure measure, double factor, String other, String otherWork) {

  /** What is compared. */
  enum Measure {
    WALL,
    STORED;

    double of(Step step) {
      return switch (this) {
        case WALL -> step.wallSeconds();
        case STORED -> step.addedBytes();
      };
    }
  }

  static final String OURS = "stillpoint";

  /** No tool: the changed bytes of the image, compressed. */
  static final String CHANGED_BYTES = "changed bytes, compressed";

  static List<Target> all() {
    return List.of(
        new Target("full", WALL, 1 / 5.0, "restic", "full"),
        new Target("full", WALL, 1 / 2.5, "borg", "full"),
        new Target("full", WALL, 0.6, "qemu-img", "full"),
        new Target("full", STORED, 1.05, "borg", "full"),
        new Target("changed-list", STORED, 1.2, CHANGED_BYTES, "changed-list"),
        new Target("changed-list", WALL, 1 / 10.0, "borg", "changed"),
        new Target("changed", WALL, 1 / 2.0, "borg", "changed"),
        new Target("export", WALL, 1 / 3.0, "restic", "export"),
        new Target("export", WALL, 1 / 3.0, "borg", "export"),
        new Target("verify", WALL, 1 / 2.0, "restic", "verify"),
        new Target("verify", WALL, 1 / 2.0, "borg", "verify"));
  }

  /** Empty when one of the two was not measured. */
  Optional<TargetResult> against(List<Step> steps) {
    Optional<Step> ours = find(steps, OURS, work);
    Optional<Step> theirs = find(steps, other, otherWork);
    if (ours.isEmpty() || theirs.isEmpty()) {
      return Optional.empty();
    }
    double ratio = measure.of(ours.get()) / measure.of(theirs.get());
    return Optional.of(new TargetResult(work, measure, other, ratio, factor, ratio <= factor));
  }

  private static Optional<Step> find(List<Step> steps, String tool, String work) {
    return steps.stream()
        .filter(step -> step.tool().equals(tool) && step.work().equals(work) && step.worked())
        .findFirst();
  }

  /**
   * A target with what was measured.
   *
   * @param ratio ours to the other's
   * @param limit the most it may be
   */
  record TargetResult(
      String work, Measure measure, String other, double ratio, double limit, boolean met) {}
}
