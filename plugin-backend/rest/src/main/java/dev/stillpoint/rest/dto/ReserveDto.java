package dev.stillpoint.rest.dto;

/** The reserve that is wanted. */
public record ReserveDto(Long bytes) {}
