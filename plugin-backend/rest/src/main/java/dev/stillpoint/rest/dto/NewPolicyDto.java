package dev.stillpoint.rest.dto;

import java.util.List;
import java.util.Optional;

/**
 * A policy to be kept. VMs by id or name; {@code freeze}: {@code none}, {@code try}, {@code
 * require}.
 */
public record NewPolicyDto(
    String name,
    String site,
    List<String> vms,
    Optional<List<String>> excludedDisks,
    Optional<String> freeze,
    Optional<Boolean> enabled) {}
