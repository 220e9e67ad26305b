package dev.stillpoint.rest.dto;

import java.util.List;

/** Points to be deleted, by id. */
public record NewDeletionDto(List<String> points, boolean dryRun) {}
