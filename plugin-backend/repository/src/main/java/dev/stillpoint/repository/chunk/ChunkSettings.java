package dev.stillpoint.repository.chunk;

/**
 * How chunks are packed; tests make everything small.
 *
 * @param packBytes a pack is closed before it would grow beyond, in bytes
 * @param entriesPerRun an index file holds at most that many entries
 * @param level of zstd, 1 (fast) to 19 (small)
 */
public record ChunkSettings(long packBytes, int entriesPerRun, int level) {

  private static final int MEBIBYTE = 1 << 20;

  public ChunkSettings {
    if (packBytes < 1 || packBytes > 64 * MEBIBYTE || entriesPerRun < 1 || level < 1) {
      throw new IllegalArgumentException(
          "Not settings: " + packBytes + " bytes, " + entriesPerRun + " entries, level " + level);
    }
  }

  /** Packs of 32 MiB, 11 MiB of memory to write an index file, and zstd's fastest real level. */
  public static ChunkSettings standard() {
    return new ChunkSettings(32 * MEBIBYTE, 1 << 18, 1);
  }
}
