package dev.stillpoint.rest.dto;

import java.util.List;

/** How many leftovers there were, how many are still there, and why. */
public record ClearedDto(int before, int left, List<ProblemDto> problems) {}
