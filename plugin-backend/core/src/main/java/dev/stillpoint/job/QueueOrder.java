package dev.stillpoint.job;

import dev.stillpoint.model.VmId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Decides which of the waiting runs start now. Pure.
 *
 * <p>First in, first out; one that must wait for something lets those behind it go first.
 *
 * @param parallel so many runs at one time, at least one
 */
public record QueueOrder(int parallel) {

  public QueueOrder {
    if (parallel < 1) {
      throw new IllegalArgumentException("At least one run at a time: " + parallel);
    }
  }

  /**
   * What is decided of a run that waits.
   *
   * @param starts it starts now
   * @param reason why it still waits
   */
  public record Decision(Run run, boolean starts, String reason) {}

  /**
   * @param waiting in the order they were asked for
   */
  public List<Decision> decide(List<Run> running, List<Run> waiting, Instant now) {
    List<Run> busy = new ArrayList<>(running);
    List<Run> ahead = new ArrayList<>();
    List<Decision> decisions = new ArrayList<>();
    for (Run run : waiting) {
      Optional<String> reason = reason(run, busy, ahead, now);
      decisions.add(new Decision(run, reason.isEmpty(), reason.orElse("")));
      if (reason.isEmpty()) {
        busy.add(run);
      } else if (!run.notBefore().isAfter(now)) {
        ahead.add(run);
      }
    }
    return decisions;
  }

  private Optional<String> reason(Run run, List<Run> busy, List<Run> ahead, Instant now) {
    if (run.notBefore().isAfter(now)) {
      return Optional.of("It tries again at " + run.notBefore());
    }
    if (busy.size() >= parallel) {
      return Optional.of("%d of %d runs at a time are under way".formatted(busy.size(), parallel));
    }
    // Those ahead too: otherwise one that wants the same VM could be overtaken for ever.
    return busy.stream()
        .flatMap(other -> clash(run, other).stream())
        .findFirst()
        .or(() -> ahead.stream().flatMap(other -> clash(run, other).stream()).findFirst());
  }

  private static Optional<String> clash(Run run, Run other) {
    if (!run.site().equals(other.site())) {
      return Optional.empty();
    }
    if (isInPlace(run) || isInPlace(other)) {
      return Optional.of(
          "A restore in place runs alone at its site; run " + other.id() + " is first");
    }
    Set<VmId> shared = new HashSet<>(vms(run));
    shared.retainAll(vms(other));
    return shared.isEmpty()
        ? Optional.empty()
        : Optional.of("Run %s is about %s too".formatted(other.id(), names(run, shared)));
  }

  private static boolean isInPlace(Run run) {
    return run.request() instanceof Restores restores
        && restores.parts().stream().anyMatch(part -> part.mode() == RestoreRequest.Mode.IN_PLACE);
  }

  private static Set<VmId> vms(Run run) {
    return run.vms().stream().flatMap(task -> task.vm().stream()).collect(Collectors.toSet());
  }

  private static String names(Run run, Set<VmId> shared) {
    return run.vms().stream()
        .filter(task -> task.vm().filter(shared::contains).isPresent())
        .map(VmTask::vmName)
        .limit(3)
        .collect(Collectors.joining(", "));
  }
}
