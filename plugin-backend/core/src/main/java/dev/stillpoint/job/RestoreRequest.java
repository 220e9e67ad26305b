package dev.stillpoint.job;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.hypervisor.Right;
import dev.stillpoint.model.RestorePointId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Give a restore point back.
 *
 * @param vmName the name of the VM restored; in place: as it was when the point was made
 * @param cluster id or name; empty: the point's own, or for an owner the one its VM is in now
 * @param storage id or name for every disk; empty: each disk's own
 * @param keepMacs a new VM gets the MAC addresses of the old one (in place always does)
 * @param connectNics a new VM's NICs have the cable in
 * @param keepOldDisks in place: the disks that were replaced stay, attached to nothing
 * @param choices what is wished beyond that; empty: {@link Choices#NONE}
 * @param disks ids or names of the point's disks that are wanted; empty: all
 */
public record RestoreRequest(
    RestorePointId point,
    Mode mode,
    String vmName,
    Optional<String> cluster,
    Optional<String> storage,
    boolean keepMacs,
    boolean connectNics,
    boolean keepOldDisks,
    Optional<Choices> choices,
    List<String> disks)
    implements Restores {

  /** Where the data goes. */
  public enum Mode {
    IN_PLACE(Right.RESTORE),
    NEW_VM(Right.RESTORE_AS_NEW);

    private final Right right;

    Mode(Right right) {
      this.right = right;
    }

    /** What whoever wants it must be allowed on the VM of the point. */
    public Right right() {
      return right;
    }
  }

  /**
   * How the surroundings of the VM are restored.
   *
   * @param networks where NICs are connected: the id or name of the profile, or the name of the
   *     network, they had; to the same of one that is there now, or empty for nothing
   * @param permissions people get their roles on the VM back
   * @param owner the manager's id of whoever gets the new VM; empty: nobody in particular
   */
  public record Choices(Map<String, String> networks, boolean permissions, Optional<String> owner) {

    public static final Choices NONE = new Choices(Map.of(), false, Optional.empty());

    public Choices {
      networks = Map.copyOf(networks);
      requireNonNull(owner, "owner");
    }
  }

  /** What is wished of the surroundings. */
  public Choices chosen() {
    return choices.orElse(Choices.NONE);
  }

  public RestoreRequest {
    requireNonNull(point, "point");
    requireNonNull(mode, "mode");
    requireNonNull(vmName, "vmName");
    requireNonNull(cluster, "cluster");
    requireNonNull(storage, "storage");
    requireNonNull(choices, "choices");
    disks = List.copyOf(disks);
  }

  /** Anything of it goes where it was not before: to another cluster, storage or network. */
  public boolean goesElsewhere() {
    return cluster.isPresent()
        || storage.isPresent()
        || chosen().networks().values().stream().anyMatch(to -> !to.isEmpty());
  }

  /** Disks of the VM are exchanged, and nothing else of it is touched. */
  public boolean disksOnly() {
    return mode == Mode.IN_PLACE && !disks.isEmpty();
  }

  @Override
  public List<VmTask> tasks() {
    return List.of(VmTask.waiting(Optional.empty(), vmName).withPoint(point));
  }

  @Override
  public List<RestoreRequest> parts() {
    return List.of(this);
  }

  @Override
  public boolean stopsAtFailure() {
    return false;
  }
}
