package dev.stillpoint.repository;

import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.chunk.ChunkStore;
import dev.stillpoint.repository.format.ChunkId;
import dev.stillpoint.repository.map.DiskMapReader;
import dev.stillpoint.repository.map.MapVisitor;
import dev.stillpoint.repository.map.NodeSource;
import dev.stillpoint.repository.stream.StreamChunk;
import dev.stillpoint.repository.stream.StreamMap;
import dev.stillpoint.repository.stream.StreamMapReader;
import dev.stillpoint.repository.stream.StreamVisitor;
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
      ImageProblems found = new ImageProblems(image, start);
      NodeSource nodes = ChunkNodes.source(chunks);
      switch (image.layout()) {
        case GRID -> new DiskMapReader(nodes, root).visit(found.ofDisk());
        case STREAM ->
            new StreamMapReader(nodes, new StreamMap(root, image.size().bytes()))
                .visit(found.ofStream());
      }
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

  private final class ImageProblems {

    private final ManifestImage image;
    private final String start;

    ImageProblems(ManifestImage image, String start) {
      this.image = image;
      this.start = start;
    }

    MapVisitor ofDisk() {
      return new MapVisitor() {
        @Override
        public void chunk(long chunk, ChunkId id) {
          check(id, chunk * Grid.BYTES, (chunk + 1) * Grid.BYTES);
        }

        @Override
        public void unreadable(long from, long to, StillpointException cause) {
          add(from * Grid.BYTES, to * Grid.BYTES, cause.getMessage());
        }
      };
    }

    StreamVisitor ofStream() {
      return new StreamVisitor() {
        @Override
        public void chunk(StreamChunk chunk) {
          check(chunk.id(), chunk.start(), chunk.start() + chunk.length());
        }

        @Override
        public void unreadable(long from, long to, StillpointException cause) {
          add(from, to, cause.getMessage());
        }
      };
    }

    private void check(ChunkId id, long from, long to) {
      String problem = bad.get(id);
      if (problem != null) {
        add(from, to, problem);
      }
    }

    private void add(long from, long to, String problem) {
      long end = Math.min(to, image.size().bytes());
      problems.add("%s '%s' bytes %d to %d: %s".formatted(start, image.name(), from, end, problem));
    }
  }
}
