package dev.stillpoint.rest.dto;

import java.util.List;

/**
 * A policy to be made from what was before.
 *
 * @param policy what can be sent to {@code POST /policies}, under a name of one's own
 * @param gone VMs that are there no more, and so are left out
 * @param notes what else is not as it was
 */
public record DraftDto(NewPolicyDto policy, List<String> gone, List<String> notes) {}
