package dev.stillpoint.job;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.job.BackupRequest.NamedVm;
import dev.stillpoint.model.RunId;
import java.util.List;
import java.util.Optional;

/**
 * Who has joined a policy, and who has left it, since its run before.
 *
 * @param since that run
 * @param left their names as that run knew them
 */
public record Membership(RunId since, List<NamedVm> joined, List<NamedVm> left) {

  public Membership {
    requireNonNull(since, "since");
    joined = List.copyOf(joined);
    left = List.copyOf(left);
  }

  /** Empty where nobody came or went, or where the run before was no backup. */
  public static Optional<Membership> between(Run before, List<NamedVm> now) {
    if (!(before.request() instanceof BackupRequest then)) {
      return Optional.empty();
    }
    Membership change =
        new Membership(before.id(), without(now, then.vms()), without(then.vms(), now));
    return change.joined().isEmpty() && change.left().isEmpty()
        ? Optional.empty()
        : Optional.of(change);
  }

  private static List<NamedVm> without(List<NamedVm> some, List<NamedVm> others) {
    return some.stream()
        .filter(vm -> others.stream().noneMatch(other -> other.id().equals(vm.id())))
        .toList();
  }
}
