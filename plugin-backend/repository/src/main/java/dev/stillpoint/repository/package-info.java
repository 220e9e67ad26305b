/**
 * The backup store: restore points, each a set of disk images with a small document.
 *
 * <p>Entry type {@link dev.stillpoint.repository.Repository}. Uses the model, zstd, JNA, Bouncy
 * Castle and Jackson; knows no virtual machine and no policy. The repository and all readers are
 * thread-safe; one thread drives a {@link dev.stillpoint.repository.PointWriter}, any number its
 * image writers.
 *
 * <h2>Format</h2>
 *
 * Version 1, frozen: {@code docs/formats/repository-v1.md} has every byte of it. In short: an image
 * is cut into 64 KiB chunks on a fixed grid, a stream where its content says so; chunks are named
 * by their SHA-256 (keyed where the repository is encrypted), compressed in groups of four and kept
 * in packs of 32 MiB whose records describe themselves. A disk map, a tree of content-addressed
 * nodes kept like chunks, says which chunk lies where on a disk; a manifest names the roots of one
 * restore point. Sorted runs on disk say which record holds which chunk, and are made again from
 * the packs where they are missing or damaged. Everything refuses versions it does not know.
 *
 * <h2>Durability</h2>
 *
 * A commit flushes in this order: packs (data and map nodes), index run, manifest; the last is the
 * commit. Several points written at once share packs, and a commit flushes whatever pack anybody
 * has open, so it never refers to something only another writer has in flight. When an append or a
 * flush fails, all that was put since the last flush is forgotten and every point being written is
 * doomed; committed points are not touched, and new writers begin with a new pack. An expiry
 * removes the manifest; packs are removed by collections only, in two phases: see {@link
 * dev.stillpoint.repository.maintenance}.
 *
 * <p><b>Healing.</b> A chunk that a read or a verification finds missing or damaged is marked in
 * the index, and the next write of the same content stores it again, for all points that have it.
 */
package dev.stillpoint.repository;
