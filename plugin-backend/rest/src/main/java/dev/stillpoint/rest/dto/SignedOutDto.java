package dev.stillpoint.rest.dto;

/**
 * What signing out did.
 *
 * @param ended false: the token was not given here, so it goes on
 */
public record SignedOutDto(boolean ended) {}
