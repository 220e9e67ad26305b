package dev.stillpoint.repository;

import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.Cancellation;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.RestorePointId;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.chunk.ChunkStore;
import dev.stillpoint.repository.format.ChunkId;
import dev.stillpoint.repository.map.DiskMapReader;
import dev.stillpoint.repository.map.MapVisitor;
import dev.stillpoint.repository.map.NodeSource;
import dev.stillpoint.repository.stream.ContentCutter;
import dev.stillpoint.repository.stream.StreamChunk;
import dev.stillpoint.repository.stream.StreamMap;
import dev.stillpoint.repository.stream.StreamMapReader;
import dev.stillpoint.repository.stream.StreamVisitor;
import java.util.ArrayList;
import java.util.List;

/** Reads every chunk of one restore point and keeps what is wrong. Used once, by one thread. */
final class Verifier {

  private static final int MAX_PROBLEMS = 1000;

  private final ChunkStore chunks;
  private final Cancellation cancellation;
  private final byte[] content = new byte[ContentCutter.MAX_BYTES];
  private final List<String> problems = new ArrayList<>();
  private long problemCount;
  private long chunksChecked;
  private long bytesRead;

  Verifier(ChunkStore chunks, Cancellation cancellation) {
    this.chunks = chunks;
    this.cancellation = cancellation;
  }

  /**
   * @throws StillpointException CANCELLED, or STORAGE_UNAVAILABLE when the disk does not answer
   */
  VerifyReport verify(Manifest manifest) {
    for (ManifestImage image : manifest.images()) {
      ChunkId root = ChunkId.parse(image.rootHash());
      NodeSource nodes = ChunkNodes.source(chunks);
      switch (image.layout()) {
        case GRID -> new DiskMapReader(nodes, root).visit(new ImageCheck(image));
        case STREAM ->
            new StreamMapReader(nodes, new StreamMap(root, image.size().bytes()))
                .visit(new StreamCheck(image));
      }
    }
    return report(manifest.id());
  }

  private VerifyReport report(RestorePointId id) {
    if (problemCount > problems.size()) {
      problems.add("and " + (problemCount - problems.size()) + " more");
    }
    return new VerifyReport(id, chunksChecked, ByteCount.ofBytes(bytesRead), problems);
  }

  private void check(ManifestImage image, ChunkId id, long start, int length) {
    cancellation.throwIfRequested();
    chunksChecked++;
    try {
      bytesRead += chunks.get(id, content, 0, length);
    } catch (StillpointException e) {
      if (e.kind() != ErrorKind.CORRUPT_DATA) {
        throw e;
      }
      problem(image, start, start + length, e.getMessage());
    }
  }

  private void problem(ManifestImage image, long from, long to, String what) {
    problemCount++;
    if (problems.size() < MAX_PROBLEMS) {
      long end = Math.min(to, image.size().bytes());
      problems.add("Image '" + image.name() + "' bytes " + from + " to " + end + ": " + what);
    }
  }

  private final class ImageCheck implements MapVisitor {

    private final ManifestImage image;

    ImageCheck(ManifestImage image) {
      this.image = image;
    }

    @Override
    public void chunk(long chunk, ChunkId id) {
      check(image, id, chunk * Grid.BYTES, Grid.BYTES);
    }

    @Override
    public void unreadable(long from, long to, StillpointException cause) {
      problem(image, from * Grid.BYTES, to * Grid.BYTES, cause.getMessage());
    }
  }

  private final class StreamCheck implements StreamVisitor {

    private final ManifestImage image;

    StreamCheck(ManifestImage image) {
      this.image = image;
    }

    @Override
    public void chunk(StreamChunk chunk) {
      if (!chunk.id().isHole()) {
        check(image, chunk.id(), chunk.start(), chunk.length());
      }
    }

    @Override
    public void unreadable(long from, long to, StillpointException cause) {
      problem(image, from, to, cause.getMessage());
    }
  }
}
