package dev.stillpoint.rest.dto;

/** A VM by id and name. */
public record NamedVmDto(String id, String name) {}
