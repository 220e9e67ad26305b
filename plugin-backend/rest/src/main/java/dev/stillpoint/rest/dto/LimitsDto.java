package dev.stillpoint.rest.dto;

import java.util.Optional;

/**
 * What may be backed up at a site at most; left out: no limit.
 *
 * @param vmTotalBytes of one VM, disks and memory together
 * @param runDataBytes of one run, the sizes of its disks together
 */
public record LimitsDto(Optional<Long> vmTotalBytes, Optional<Long> runDataBytes) {}
