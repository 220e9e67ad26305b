package dev.stillpoint.rest.dto;

import dev.stillpoint.hypervisor.Freezing;
import dev.stillpoint.rest.openapi.Words;
import java.util.List;
import java.util.Optional;

/**
 * A policy to be kept. VMs by id or name; without a selection at least one.
 *
 * @param freeze {@code none}, {@code try}, {@code require}
 * @param select rules like {@code tag=prod}; a VM that fits one is chosen when a run starts
 * @param except rules against that
 * @param schedule when it starts by itself; without it only when somebody asks
 * @param group in which order the VMs are read
 * @param retention without it: of a new policy the standard one, else as it is
 */
public record NewPolicyDto(
    String name,
    String site,
    Optional<List<String>> vms,
    Optional<List<String>> excludedDisks,
    @Words(of = Freezing.class) Optional<String> freeze,
    Optional<Boolean> enabled,
    Optional<List<String>> select,
    Optional<List<String>> except,
    Optional<ScheduleDto> schedule,
    Optional<GroupDto> group,
    Optional<RetentionDto> retention) {}
