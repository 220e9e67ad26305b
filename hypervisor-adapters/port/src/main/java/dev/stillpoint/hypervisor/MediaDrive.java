package dev.stillpoint.hypervisor;

import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.DiskId;
import dev.stillpoint.model.VmId;

/** The CD drives of VMs, and the ISO images that go into them. */
public interface MediaDrive {

  /** When a change of the drive takes effect. */
  enum Moment {
    /** At once, in the running VM; it is gone when the VM is switched off. */
    NOW,
    /** From the VM's next start on. */
    NEXT_START
  }

  /**
   * What the drive of a VM holds.
   *
   * @throws dev.stillpoint.model.StillpointException NOT_FOUND for an unknown VM; CONFLICT for a VM
   *     without a drive
   */
  DriveContent content(VmId vm);

  /**
   * Makes an empty disk for an ISO image where the VM can reach it, and opens it for writing.
   *
   * @param fileName any; the disk is named after it as far as the manager allows
   * @param size what the image needs; the disk may be up to one block larger
   * @throws dev.stillpoint.model.StillpointException OUT_OF_SPACE when no storage the VM can reach
   *     has room
   */
  DiskWriter createIso(VmId vm, String fileName, ByteCount size, EffectJournal journal);

  /** Whether that disk is there, ready, and where the VM can reach it. */
  boolean canReach(VmId vm, DiskId iso);

  /**
   * Puts a medium into the drive, in place of what is there. Idempotent.
   *
   * @param medium as {@link Medium#reference()}; a disk's id
   * @throws dev.stillpoint.model.StillpointException CONFLICT when the VM does not run and the
   *     change was wanted now, or when the guest holds the tray
   */
  void insert(VmId vm, String medium, Moment moment);

  /** Empties the drive. Idempotent; throws as {@link #insert}. */
  void eject(VmId vm, Moment moment);
}
