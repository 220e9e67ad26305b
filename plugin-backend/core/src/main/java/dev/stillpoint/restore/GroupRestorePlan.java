package dev.stillpoint.restore;

import dev.stillpoint.hypervisor.StorageSpace;
import dev.stillpoint.job.Problem;
import dev.stillpoint.job.RestoreRequest;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the restore of several VMs will do, with what stands against it.
 *
 * @param plans of the VMs, in their order; each with what stands against it alone
 * @param refusals what stands against all of them together
 */
public record GroupRestorePlan(List<RestorePlan> plans, List<Problem> refusals) {

  public GroupRestorePlan {
    plans = List.copyOf(plans);
    refusals = List.copyOf(refusals);
  }

  /** Pure: the plans as they are made for each VM alone, and the storages as they are before. */
  static GroupRestorePlan of(List<RestorePlan> plans, List<StorageSpace> storages) {
    List<Problem> refusals = new ArrayList<>();
    Map<String, ByteCount> needed = new LinkedHashMap<>();
    Set<String> names = new HashSet<>();
    for (RestorePlan plan : plans) {
      plan.disks()
          .forEach(
              disk -> needed.merge(disk.target().storage().id(), disk.takes(), ByteCount::plus));
      boolean isNew = plan.mode() == RestoreRequest.Mode.NEW_VM;
      if (isNew && !names.add(plan.target().name())) {
        refusals.add(
            new Problem(
                ErrorKind.CONFLICT,
                "Two of the VMs would be named " + plan.target().name(),
                "Restore one of them by itself, under another name."));
      }
    }
    for (StorageSpace storage : storages) {
      ByteCount takes = needed.getOrDefault(storage.id(), ByteCount.ZERO);
      if (takes.compareTo(storage.available()) > 0) {
        refusals.add(
            new Problem(
                ErrorKind.OUT_OF_SPACE,
                "Storage %s has %s left, the restore of %d VMs needs %s"
                    .formatted(storage.name(), storage.available(), plans.size(), takes),
                "Make room there, choose another storage, or restore some of the VMs."));
      }
    }
    return new GroupRestorePlan(plans, refusals);
  }

  /**
   * Nothing when it can be begun: all of it where one that fails shall stop it, else some of it.
   *
   * @throws StillpointException the first refusal
   */
  public void throwIfRefused(boolean stopsAtFailure) {
    if (!refusals.isEmpty()) {
      throw refusals.get(0).toException();
    }
    boolean allRefused = plans.stream().noneMatch(plan -> plan.refusals().isEmpty());
    if (stopsAtFailure || allRefused) {
      plans.forEach(RestorePlan::throwIfRefused);
    }
  }
}
