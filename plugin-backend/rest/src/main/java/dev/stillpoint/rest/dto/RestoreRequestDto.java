package dev.stillpoint.rest.dto;

import dev.stillpoint.rest.openapi.Words;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A restore that is asked for.
 *
 * @param networks for NICs: the network or profile they had, to that they shall have; empty for
 *     none
 * @param disks ids or names of those of the point that are wanted; none named: all. In place
 *     nothing but the disks that are named is touched
 */
public record RestoreRequestDto(
    String point,
    @Words({"in-place", "new-vm"}) String mode,
    Optional<String> name,
    Optional<String> cluster,
    Optional<String> storage,
    boolean keepMacs,
    boolean connectNics,
    boolean keepOldDisks,
    boolean dryRun,
    Optional<Map<String, String>> networks,
    Optional<Boolean> permissions,
    Optional<List<String>> disks) {}
