package dev.stillpoint.backup;

import dev.stillpoint.hypervisor.Inventory;
import dev.stillpoint.hypervisor.VmSettings;
import dev.stillpoint.hypervisor.VmSnapshot;
import dev.stillpoint.model.StillpointException;
import java.util.Optional;
import java.util.function.Consumer;

/** A VM's settings as they are at its snapshot, not as they were when it still waited for it. */
final class SettingsAtSnapshot {

  private SettingsAtSnapshot() {}

  /**
   * @param before those of just before, which are kept where the later ones are not to be had or do
   *     not know a disk of the snapshot
   * @param notes told when they are not to be had
   */
  static VmSettings of(
      Inventory inventory, VmSettings before, VmSnapshot snapshot, Consumer<String> notes) {
    try {
      Optional<VmSettings> now = inventory.settings(before.id());
      // A disk that was detached meanwhile is in the snapshot all the same.
      return now.filter(vm -> snapshot.disks().stream().allMatch(d -> vm.disk(d.id()).isPresent()))
          .orElse(before);
    } catch (StillpointException e) {
      notes.accept("The settings are those of just before the snapshot: " + e.getMessage());
      return before;
    }
  }
}
