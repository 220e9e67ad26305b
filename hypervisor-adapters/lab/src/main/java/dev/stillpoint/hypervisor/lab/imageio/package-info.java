/**
 * The embedded host: ovirt-imageio's HTTP protocol over the lab's own disks. Entry type: {@link
 * dev.stillpoint.hypervisor.lab.imageio.EmbeddedPlane}. May use {@code model}'s faults and {@code
 * block}. Requests are answered on pool threads and never take the world's lock.
 */
package dev.stillpoint.hypervisor.lab.imageio;
