package dev.stillpoint.job;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.RestorePointId;
import java.util.List;
import java.util.Optional;

/**
 * Give a restore point back.
 *
 * @param vmName the name of the VM restored; in place: as it was when the point was made
 * @param cluster id or name; empty: the point's own
 * @param storage id or name for every disk; empty: each disk's own
 * @param keepMacs a new VM gets the MAC addresses of the old one (in place always does)
 * @param connectNics a new VM's NICs have the cable in
 * @param keepOldDisks in place: the disks that were replaced stay, attached to nothing
 */
public record RestoreRequest(
    RestorePointId point,
    Mode mode,
    String vmName,
    Optional<String> cluster,
    Optional<String> storage,
    boolean keepMacs,
    boolean connectNics,
    boolean keepOldDisks)
    implements RunRequest {

  /** Where the data goes. */
  public enum Mode {
    IN_PLACE,
    NEW_VM
  }

  public RestoreRequest {
    requireNonNull(point, "point");
    requireNonNull(mode, "mode");
    requireNonNull(vmName, "vmName");
    requireNonNull(cluster, "cluster");
    requireNonNull(storage, "storage");
  }

  @Override
  public List<VmTask> tasks() {
    return List.of(VmTask.waiting(Optional.empty(), vmName).withPoint(point));
  }

  @Override
  public RunExecutor executor(RunExecutor backup, RunExecutor restore) {
    return restore;
  }
}
