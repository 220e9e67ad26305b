package dev.stillpoint.benchmarks;

import java.util.List;

/**
 * What takes part in the race.
 *
 * @param level of zstd
 * @param groupChunks how many new chunks are compressed as one frame
 * @param entryBytes of a chunk in the map: an id, with a length where chunks differ in length
 */
record Candidate(
    String name, Chunking chunking, int level, int groupChunks, int entryBytes, int pieceBytes) {

  private static final int WHOLE = Integer.MAX_VALUE;
  private static final int ID_BYTES = 32;
  private static final int ID_AND_LENGTH_BYTES = 40;

  static List<Candidate> all() {
    return List.of(
        new Candidate("fixed 16 KiB", new FixedChunking(16 << 10), 1, 1, ID_BYTES, WHOLE),
        new Candidate(
            "fixed 16 KiB, groups of 16", new FixedChunking(16 << 10), 1, 16, ID_BYTES, WHOLE),
        new Candidate("fixed 64 KiB", new FixedChunking(64 << 10), 1, 1, ID_BYTES, WHOLE),
        new Candidate("fixed 64 KiB, level 3", new FixedChunking(64 << 10), 3, 1, ID_BYTES, WHOLE),
        new Candidate(
            "fixed 64 KiB, groups of 4", new FixedChunking(64 << 10), 1, 4, ID_BYTES, WHOLE),
        new Candidate("content 64 KiB", new ContentChunking(), 1, 1, ID_AND_LENGTH_BYTES, WHOLE),
        new Candidate(
            "content 64 KiB, groups of 4", new ContentChunking(), 1, 4, ID_AND_LENGTH_BYTES, WHOLE),
        new Candidate("4 KiB blocks", new BlockChunking(), 1, 1, ID_AND_LENGTH_BYTES, WHOLE),
        new Candidate(
            "4 KiB blocks, groups of 4", new BlockChunking(), 1, 4, ID_AND_LENGTH_BYTES, WHOLE),
        new Candidate(
            "4 KiB blocks in 1 MiB, groups of 4",
            new BlockChunking(),
            1,
            4,
            ID_AND_LENGTH_BYTES,
            1 << 20));
  }
}
