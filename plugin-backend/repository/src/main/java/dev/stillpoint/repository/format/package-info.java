/**
 * The small values that every part of the format shares: chunk ids, places in packs, the names of
 * packs.
 *
 * <p>Entry type {@link dev.stillpoint.repository.format.ChunkId}. Uses blob names only. Everything
 * is immutable.
 */
package dev.stillpoint.repository.format;
