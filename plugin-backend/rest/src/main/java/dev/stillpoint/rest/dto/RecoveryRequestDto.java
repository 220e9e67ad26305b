package dev.stillpoint.rest.dto;

import dev.stillpoint.rest.openapi.Words;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All VMs of a group that are to be given back; as {@link RestoreRequestDto} where it has the same.
 *
 * @param run the run of whose points; without it and {@code at} the newest
 * @param at the newest point of each VM up to then
 * @param vms only these, by id or name, in this order
 * @param name of the new VMs, with a {@code *} for the old name
 * @param stopOnFailure after a VM that fails none is begun
 */
public record RecoveryRequestDto(
    Optional<String> run,
    Optional<Instant> at,
    Optional<List<String>> vms,
    @Words({"in-place", "new-vm"}) String mode,
    Optional<String> name,
    Optional<String> cluster,
    Optional<String> storage,
    boolean keepMacs,
    boolean connectNics,
    boolean keepOldDisks,
    boolean dryRun,
    boolean stopOnFailure,
    Optional<Map<String, String>> networks,
    Optional<Boolean> permissions) {

  /** What is asked for one of the VMs. */
  public RestoreRequestDto of(String point, String oldName) {
    return new RestoreRequestDto(
        point,
        mode,
        name.map(pattern -> pattern.replace("*", oldName)),
        cluster,
        storage,
        keepMacs,
        connectNics,
        keepOldDisks,
        dryRun,
        networks,
        permissions,
        Optional.empty());
  }
}
