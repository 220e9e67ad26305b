/**
 * Virtual disks: sparse raw content with change bitmaps and copy-on-write points in time. Entry
 * type: {@link dev.stillpoint.hypervisor.lab.block.VirtualDisk}. Uses the JDK only. Every type here
 * is safe for use by many threads.
 */
package dev.stillpoint.hypervisor.lab.block;
