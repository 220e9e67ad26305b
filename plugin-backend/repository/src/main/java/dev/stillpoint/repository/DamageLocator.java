package dev.stillpoint.repository;

import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.chunk.ChunkStore;
import dev.stillpoint.repository.format.ChunkId;
import dev.stillpoint.repository.map.DiskMapReader;
import dev.stillpoint.repository.map.MapVisitor;
import java.util.List;
import java.util.Map;

/** Finds the images and the bytes in them that bad chunks are needed for. Used once. */
final class DamageLocator {

  private final ChunkStore chunks;
  private final Map<ChunkId, String> bad;
  private final Problems problems;

  DamageLocator(ChunkStore chunks, Map<ChunkId, String> bad, Problems problems) {
    this.chunks = chunks;
    this.bad = bad;
    this.problems = problems;
  }

  /**
   * Walks the maps of a point.
   *
   * @param start of each sentence, before {@code image 'x' bytes …}
   */
  void locate(Manifest manifest, String start) {
    for (ManifestImage image : manifest.images()) {
      ChunkId root = ChunkId.parse(image.rootHash());
      new DiskMapReader(ChunkNodes.source(chunks), root).visit(new ImageProblems(image, start));
    }
  }

  /** Sentences, up to a limit. */
  static final class Problems {

    private static final int MAX_KEPT = 1000;

    private final List<String> kept;
    private long count;

    Problems(List<String> kept) {
      this.kept = kept;
    }

    void add(String problem) {
      count++;
      if (kept.size() < MAX_KEPT) {
        kept.add(problem);
      }
    }

    boolean isEmpty() {
      return count == 0;
    }

    List<String> sentences() {
      if (count > kept.size()) {
        kept.add("and " + (count - kept.size()) + " more");
      }
      return kept;
    }
  }

  private final class ImageProblems implements MapVisitor {

    private final ManifestImage image;
    private final String start;

    ImageProblems(ManifestImage image, String start) {
      this.image = image;
      this.start = start;
    }

    @Override
    public void chunk(long chunk, ChunkId id) {
      String problem = bad.get(id);
      if (problem != null) {
        add(chunk, chunk + 1, problem);
      }
    }

    @Override
    public void unreadable(long from, long to, StillpointException cause) {
      add(from, to, cause.getMessage());
    }

    private void add(long fromChunk, long toChunk, String problem) {
      long end = Math.min(toChunk * Grid.BYTES, image.size().bytes());
      problems.add(
          "%s '%s' bytes %d to %d: %s"
              .formatted(start, image.name(), fromChunk * Grid.BYTES, end, problem));
    }
  }
}
