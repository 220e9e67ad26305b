/**
 * Content-addressed storage: pieces of at most 64 KiB, found again by their SHA-256.
 *
 * <p>Entry type {@link dev.stillpoint.repository.chunk.ChunkStore}. Pieces lie in packs, whose
 * records describe themselves; an index says which record holds which piece and is rebuilt from the
 * packs where it is missing or damaged. Uses the blob port and zstd. Thread-safe: hashing and
 * compression run in the callers' threads, only the append to the current pack is serialised.
 */
package dev.stillpoint.repository.chunk;
