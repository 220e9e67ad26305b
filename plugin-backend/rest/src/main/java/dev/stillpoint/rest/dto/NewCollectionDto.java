package dev.stillpoint.rest.dto;

/** A collection to be begun; a dry run only says what it would do. */
public record NewCollectionDto(boolean dryRun) {}
