package dev.stillpoint.hypervisor;

import dev.stillpoint.model.DiskId;
import dev.stillpoint.model.VmId;
import java.util.List;

/**
 * Makes and changes VMs and disks for a restore.
 *
 * <p>Every method that makes something announces it to the journal first and leaves the release to
 * the caller, who decides when the restore is complete.
 */
public interface RestoreTarget {

  /**
   * Makes an empty disk and opens it for writing; the VM it is meant for is not touched.
   *
   * @param like name, size, format, storage and change tracking of the new disk; its id is ignored
   * @throws dev.stillpoint.model.StillpointException OUT_OF_SPACE when the storage has not enough
   *     left; NOT_FOUND for an unknown storage
   */
  DiskWriter createDisk(DiskSettings like, EffectJournal journal);

  /**
   * Puts new disks in the place of old ones, which are detached and kept.
   *
   * @param swaps all of them in one step: when it fails, {@link SiteSession#release} of the SWAP
   *     effects puts the old ones back
   * @throws dev.stillpoint.model.StillpointException CONFLICT when the VM is not down
   */
  void swapDisks(VmId vm, List<DiskSwap> swaps, EffectJournal journal);

  /**
   * Changes CPU, memory, boot order, description and NICs of a VM that is down to what they were.
   *
   * @return a sentence for each thing that could not be brought back; empty when all was
   */
  List<String> applySettings(VmId vm, VmSettings wanted);

  /**
   * Makes a VM without disks, down, with the NICs given; a NIC without a MAC gets a new one.
   *
   * @param settings its id and disks are ignored
   * @param mark a text of ours, unique to this restore, by which an unfinished VM is found
   * @throws dev.stillpoint.model.StillpointException CONFLICT when the name is taken
   */
  VmId createVm(VmSettings settings, String mark, EffectJournal journal);

  /** Hangs a disk on a VM the way it is described; the disk is named by the description's id. */
  void attachDisk(VmId vm, DiskSettings disk);

  /** Removes our mark: the VM is complete and its owner's. */
  void completeVm(VmId vm, VmSettings settings);

  /**
   * Gives a VM the tags, affinity and, where wanted, the permissions it had. Adds what is missing
   * and takes nothing away.
   *
   * @param withPermissions people get their roles on the VM back
   * @return what became of each, in the order tried
   */
  List<Outcome> applyAttributes(VmId vm, VmAttributes wanted, boolean withPermissions);

  /**
   * Gives somebody the role on a VM that the manager gives whoever makes one himself.
   *
   * @param caller the manager's id, as in {@link Caller#id()}
   * @return the name of the role
   * @throws dev.stillpoint.model.StillpointException NOT_FOUND when there is no such role, or
   *     nobody of that id
   */
  String giveTo(VmId vm, String caller);

  /** A disk to take the place of another on the same VM. */
  record DiskSwap(DiskSettings old, DiskId replacement) {}
}
