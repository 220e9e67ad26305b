package dev.stillpoint.repository.chunk;

import dev.stillpoint.repository.index.IndexSettings;

/**
 * How chunks are packed; tests make everything small.
 *
 * @param packBytes a pack is closed before it would grow beyond, in bytes
 * @param level of zstd, 1 (fast) to 19 (small)
 * @param index of the index
 */
public record ChunkSettings(long packBytes, int level, IndexSettings index) {

  private static final int MEBIBYTE = 1 << 20;

  public ChunkSettings {
    if (packBytes < 1 || packBytes > 64 * MEBIBYTE || level < 1) {
      throw new IllegalArgumentException("Not settings: " + packBytes + " bytes, level " + level);
    }
  }

  /** Packs of 32 MiB, and zstd's fastest real level. */
  public static ChunkSettings standard() {
    return new ChunkSettings(32 * MEBIBYTE, 1, IndexSettings.standard());
  }
}
