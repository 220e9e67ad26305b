package dev.stillpoint.rest.dto;

import dev.stillpoint.hypervisor.Freezing;
import dev.stillpoint.rest.openapi.Words;
import java.util.List;
import java.util.Optional;

/** A backup to be run now. VMs by id or name; {@code *} alone: all of the site. */
public record NewRunDto(
    String site,
    List<String> vms,
    Optional<List<String>> excludedDisks,
    @Words(of = Freezing.class) Optional<String> freeze,
    Optional<GroupDto> group) {}
