package dev.stillpoint.rest.dto;

import java.util.Optional;

/**
 * Who calls.
 *
 * @param site whose manager knows him; absent: the server's own token
 * @param administrator sees everything of the site
 */
public record CallerDto(String name, Optional<String> site, boolean administrator) {}
