package dev.stillpoint.rest.dto;

/** A policy that is or was. */
public record PastPolicyDto(String id, String name, String site, boolean deleted) {}
