/**
 * What the lab's engine manages and the rules of its state changes: virtual machines, disks,
 * backups, checkpoints, transfers. Entry type: {@link dev.stillpoint.hypervisor.lab.model.World}.
 * May use {@code block} and {@code doc}. Everything here is guarded by the world's lock unless it
 * says otherwise; nothing here waits.
 */
package dev.stillpoint.hypervisor.lab.model;
