package dev.stillpoint.rest.dto;

import java.util.Optional;

/** A restore that is asked for. */
public record RestoreRequestDto(
    String point,
    String mode,
    Optional<String> name,
    Optional<String> cluster,
    Optional<String> storage,
    boolean keepMacs,
    boolean connectNics,
    boolean keepOldDisks,
    boolean dryRun) {}
