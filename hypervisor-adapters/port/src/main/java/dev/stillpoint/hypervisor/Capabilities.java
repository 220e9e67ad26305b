package dev.stillpoint.hypervisor;

/**
 * What a kind of site can do; the core asks here, never by catching an exception.
 *
 * @param changeTracking the manager can tell which blocks changed since a checkpoint
 * @param restoresOntoNewDisks a restore in place writes new disks and swaps them in, because the
 *     platform deletes a disk whose upload fails
 */
public record Capabilities(boolean changeTracking, boolean restoresOntoNewDisks) {}
