/**
 * The adapter for oVirt engines: sessions, inventory, backups as snapshots, restores.
 *
 * <p>Entry type: {@link dev.stillpoint.hypervisor.ovirt.OvirtConnector}, found by {@code
 * ServiceLoader}. Talks to the engine through the oVirt Java SDK over an HTTP client of its own;
 * what SDK 4.4.5 cannot express of a newer engine (the end phases of a backup, a checkpoint's
 * state) is read from the XML. Everything but {@code DiskSwaps} and a writer's end may be used from
 * several threads.
 */
package dev.stillpoint.hypervisor.ovirt;
