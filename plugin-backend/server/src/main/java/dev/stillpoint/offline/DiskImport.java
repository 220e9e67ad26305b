package dev.stillpoint.offline;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.ByteRange;
import dev.stillpoint.repository.ImageRef;
import dev.stillpoint.repository.ImageWriter;
import dev.stillpoint.repository.PointWriter;
import java.util.Optional;

/**
 * One image on its way into a repository.
 *
 * @param name the disk's
 * @param base the image that the new one is built on; empty when the whole image is read
 */
record DiskImport(String name, SourceImage source, ReadPlan plan, Optional<ImageRef> base) {

  DiskImport {
    requireNonNull(name, "name");
    requireNonNull(source, "source");
    requireNonNull(plan, "plan");
    requireNonNull(base, "base");
  }

  /** Reads what is to be read and finishes the image. */
  void run(PointWriter point, ParallelPieces pieces) {
    try (ImageWriter image = start(point)) {
      for (ByteRange hole : plan.zero().list()) {
        image.zero(hole);
      }
      pieces.run(
          plan.read().pieces(ParallelPieces.PIECE_BYTES),
          (piece, buffer) -> {
            source.read(piece.start(), buffer);
            image.write(piece.start(), buffer.flip());
          });
      source.requireSameSize();
      image.finish();
    }
  }

  private ImageWriter start(PointWriter point) {
    ByteCount size = ByteCount.ofBytes(source.sizeBytes());
    return base.map(image -> point.startImage(name, size, image))
        .orElseGet(() -> point.startImage(name, size));
  }
}
