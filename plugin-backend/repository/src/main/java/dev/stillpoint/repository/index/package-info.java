/**
 * Chunk id → place, on disk and in bounded memory: sorted runs, each with a filter, merged in
 * tiers.
 *
 * <p>Entry type {@link dev.stillpoint.repository.index.ChunkIndex}. Uses blobs, the format's values
 * and the sorter. The index is thread-safe; cursors belong to one thread each.
 */
package dev.stillpoint.repository.index;
