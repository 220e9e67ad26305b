package dev.stillpoint.repository;

import dev.stillpoint.model.ByteRange;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.chunk.ChunkStore;
import dev.stillpoint.repository.format.ChunkId;
import dev.stillpoint.repository.map.DiskMapDifference;
import java.util.List;

/** Where two images differ, by their maps. */
final class ImageComparison {

  private ImageComparison() {}

  static List<ByteRange> differences(ManifestImage first, ManifestImage second, ChunkStore chunks) {
    requireDisk(first);
    requireDisk(second);
    long shorter = Math.min(first.size().bytes(), second.size().bytes());
    long longer = Math.max(first.size().bytes(), second.size().bytes());
    ChunkRanges ranges = new ChunkRanges(0, longer);
    new DiskMapDifference(ChunkNodes.source(chunks))
        .visit(
            ChunkId.parse(first.rootHash()),
            ChunkId.parse(second.rootHash()),
            chunk -> addWithin(ranges, chunk, shorter));
    if (longer > shorter) {
      ranges.addBytes(shorter, longer);
    }
    return ranges.ranges();
  }

  private static void requireDisk(ManifestImage image) {
    if (image.layout() != ImageLayout.GRID) {
      throw new StillpointException(
          ErrorKind.BAD_REQUEST,
          "'" + image.name() + "' is a stream; only disks are compared by their maps",
          "Export both and compare the files.");
    }
  }

  private static void addWithin(ChunkRanges ranges, long chunk, long endBytes) {
    long start = chunk * Grid.BYTES;
    if (start < endBytes) {
      ranges.addBytes(start, Math.min(start + Grid.BYTES, endBytes));
    }
  }
}
