/**
 * The data endpoint: ovirt-imageio's HTTP protocol over the lab's disks. Entry type: {@link
 * dev.stillpoint.hypervisor.lab.imageio.ImageServer}. May use {@code model}'s tickets and faults
 * and {@code block}. Requests are answered on pool threads and never take the world's lock.
 */
package dev.stillpoint.hypervisor.lab.imageio;
