/**
 * What a host does for the engine: disks' images, their points in time and change bitmaps, and how
 * clients reach them. Entry type: {@link dev.stillpoint.hypervisor.lab.block.DataPlane}. With the
 * images of the embedded host: {@link dev.stillpoint.hypervisor.lab.block.VirtualDisk}, sparse raw
 * content with copy-on-write points in time. Uses the JDK only. Every type here is safe for use by
 * many threads.
 */
package dev.stillpoint.hypervisor.lab.block;
