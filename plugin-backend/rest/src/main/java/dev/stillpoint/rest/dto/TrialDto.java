package dev.stillpoint.rest.dto;

/**
 * What came of a notice that was sent to try the way out.
 *
 * @param taken whether the receiver took it
 * @param detail what he said, or who he is
 */
public record TrialDto(boolean taken, String detail) {}
