package dev.stillpoint.restore;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.hypervisor.DiskSettings;
import dev.stillpoint.hypervisor.VmSettings;
import dev.stillpoint.job.Problem;
import dev.stillpoint.job.RestoreRequest;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.DiskId;
import dev.stillpoint.model.RestorePointId;
import java.util.List;
import java.util.Optional;

/**
 * What a restore will do, with what stands against it; the same for the dry run and the run.
 *
 * @param target the VM to be: its name, cluster, hardware and NICs; in place also its id
 * @param disks those that will be written
 * @param notes sentences for people about what will differ from the point
 * @param refusals reasons not to start; empty: it can
 */
public record RestorePlan(
    RestorePointId point,
    RestoreRequest.Mode mode,
    VmSettings target,
    List<PlannedDisk> disks,
    List<String> notes,
    List<Problem> refusals) {

  /**
   * One disk to write.
   *
   * @param image the disk of the restore point
   * @param target the new disk and how it hangs on the VM; its id is the point's
   * @param data bytes that are not zero
   * @param replaces the disk of the VM whose place it takes
   */
  public record PlannedDisk(
      DiskId image, DiskSettings target, ByteCount data, Optional<DiskSettings> replaces) {

    public PlannedDisk {
      requireNonNull(image, "image");
      requireNonNull(target, "target");
      requireNonNull(data, "data");
      requireNonNull(replaces, "replaces");
    }

    /** Of its storage: a sparse disk what is written, a preallocated one its size. */
    public ByteCount takes() {
      return target.sparse() ? data : target.size();
    }
  }

  public RestorePlan {
    requireNonNull(point, "point");
    requireNonNull(mode, "mode");
    requireNonNull(target, "target");
    disks = List.copyOf(disks);
    notes = List.copyOf(notes);
    refusals = List.copyOf(refusals);
  }

  /**
   * Nothing when the plan can be carried out.
   *
   * @throws dev.stillpoint.model.StillpointException the first refusal
   */
  public void throwIfRefused() {
    if (!refusals.isEmpty()) {
      throw refusals.get(0).toException();
    }
  }
}
