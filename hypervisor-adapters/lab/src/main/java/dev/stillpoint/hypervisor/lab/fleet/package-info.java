/**
 * The virtual machines a lab begins with, the content of their disks, and their guests, who write.
 * Entry type: {@link dev.stillpoint.hypervisor.lab.fleet.LabFleet}. May use {@code model}, {@code
 * block} and {@code doc}.
 */
package dev.stillpoint.hypervisor.lab.fleet;
