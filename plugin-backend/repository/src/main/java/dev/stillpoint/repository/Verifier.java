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
import java.util.ArrayList;
import java.util.List;

/** Reads every chunk of one restore point and keeps what is wrong. Used once, by one thread. */
final class Verifier {

  private static final int MAX_PROBLEMS = 1000;

  private final ChunkStore chunks;
  private final Cancellation cancellation;
  private final byte[] content = new byte[Grid.BYTES];
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
      new DiskMapReader(ChunkNodes.source(chunks), root).visit(new ImageCheck(image));
    }
    return report(manifest.id());
  }

  private VerifyReport report(RestorePointId id) {
    if (problemCount > problems.size()) {
      problems.add("and " + (problemCount - problems.size()) + " more");
    }
    return new VerifyReport(id, chunksChecked, ByteCount.ofBytes(bytesRead), problems);
  }

  private void problem(ManifestImage image, long fromChunk, long toChunk, String what) {
    problemCount++;
    if (problems.size() < MAX_PROBLEMS) {
      long end = Math.min(toChunk * Grid.BYTES, image.size().bytes());
      problems.add(
          "Image '"
              + image.name()
              + "' bytes "
              + fromChunk * Grid.BYTES
              + " to "
              + end
              + ": "
              + what);
    }
  }

  private final class ImageCheck implements MapVisitor {

    private final ManifestImage image;

    ImageCheck(ManifestImage image) {
      this.image = image;
    }

    @Override
    public void chunk(long chunk, ChunkId id) {
      cancellation.throwIfRequested();
      chunksChecked++;
      try {
        bytesRead += chunks.get(id, content, 0, Grid.BYTES);
      } catch (StillpointException e) {
        if (e.kind() != ErrorKind.CORRUPT_DATA) {
          throw e;
        }
        problem(image, chunk, chunk + 1, e.getMessage());
      }
    }

    @Override
    public void unreadable(long from, long to, StillpointException cause) {
      problem(image, from, to, cause.getMessage());
    }
  }
}
