/**
 * An oVirt-compatible engine on the loopback, with disks that change: for tests, demonstrations and
 * the curious; never part of the product. Entry type: {@link
 * dev.stillpoint.hypervisor.lab.LabEngine}. Puts the other packages together and may use them all.
 */
package dev.stillpoint.hypervisor.lab;
