package dev.stillpoint.repository.chunk;

import dev.stillpoint.repository.index.IndexSettings;

/**
 * How chunks are packed; tests make everything small.
 *
 * @param packBytes a pack is closed before it would grow beyond, in bytes
 * @param groupBytes chunks are compressed together up to that much content, 64 to 256 KiB
 * @param level of zstd, 1 (fast) to 19 (small)
 * @param index of the index
 */
public record ChunkSettings(long packBytes, int groupBytes, int level, IndexSettings index) {

  private static final int MEBIBYTE = 1 << 20;

  public ChunkSettings {
    boolean groups = groupBytes >= 64 * 1024 && groupBytes <= PackRecord.MAX_CONTENT_BYTES;
    if (!groups || packBytes < 1 || packBytes > 64 * MEBIBYTE || level < 1) {
      throw new IllegalArgumentException(
          "Not settings: packs of "
              + packBytes
              + " bytes, groups of "
              + groupBytes
              + ", level "
              + level);
    }
  }

  /** Packs of 32 MiB, groups of 256 KiB, and zstd's fastest real level. */
  public static ChunkSettings standard() {
    return new ChunkSettings(
        32 * MEBIBYTE, PackRecord.MAX_CONTENT_BYTES, 1, IndexSettings.standard());
  }
}
