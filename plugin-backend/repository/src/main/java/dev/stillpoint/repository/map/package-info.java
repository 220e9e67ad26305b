/**
 * Disk maps: which chunk holds which part of a disk, as a tree of content-addressed nodes.
 *
 * <p>Entry types {@link dev.stillpoint.repository.map.DiskMapWriter} and {@link
 * dev.stillpoint.repository.map.DiskMapReader}. Equal disks have equal roots, and disks that differ
 * little share all nodes but a few. Uses chunk ids and a place to keep nodes, nothing else.
 * Thread-safe; memory is bounded whatever the disk's size.
 */
package dev.stillpoint.repository.map;
