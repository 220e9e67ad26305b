/**
 * How busy VMs are, smoothed over a while.
 *
 * <p>Entry type: {@link dev.stillpoint.load.LoadWatch}. Knows the hypervisor port and the sites.
 */
package dev.stillpoint.load;
