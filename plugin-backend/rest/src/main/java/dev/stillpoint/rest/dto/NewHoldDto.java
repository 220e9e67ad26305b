package dev.stillpoint.rest.dto;

import java.time.Instant;
import java.util.Optional;

/**
 * A hold to be placed.
 *
 * @param until without it until it is released
 */
public record NewHoldDto(Optional<Instant> until, String reason) {}
