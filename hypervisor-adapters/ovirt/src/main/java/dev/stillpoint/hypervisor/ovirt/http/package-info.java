/**
 * What every HTTP conversation of the adapter needs: whom to trust, and what a failure means.
 *
 * <p>Entry types: {@link dev.stillpoint.hypervisor.ovirt.http.Trust}, {@link
 * dev.stillpoint.hypervisor.ovirt.http.Peer}. Immutable and thread-safe.
 */
package dev.stillpoint.hypervisor.ovirt.http;
