package dev.stillpoint.upkeep;

import dev.stillpoint.model.ByteRange;
import dev.stillpoint.repository.ImageReader;
import dev.stillpoint.repository.ImageRef;
import dev.stillpoint.repository.Repository;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The images of one disk, the oldest first, of which some go; counts what only these have. */
final class DiskChain {

  private final Repository repository;
  private final List<Leaving> leaving = new ArrayList<>();
  private Optional<ImageRef> before = Optional.empty();
  private long freed;

  /** An image that goes, and where it differs from the one before it. */
  private record Leaving(ImageRef image, List<ByteRange> written) {}

  DiskChain(Repository repository) {
    this.repository = repository;
  }

  void next(ImageRef image, boolean goes) {
    if (goes) {
      leaving.add(new Leaving(image, written(image)));
    } else {
      for (Leaving one : leaving) {
        freed += Ranges.common(one.written(), repository.compare(one.image(), image));
      }
      leaving.clear();
    }
    before = Optional.of(image);
  }

  private List<ByteRange> written(ImageRef image) {
    if (before.isPresent()) {
      return repository.compare(before.get(), image);
    }
    try (ImageReader reader = repository.openImage(image)) {
      return reader.dataRanges();
    }
  }

  /** Bytes of the disk, before compression. */
  long freed() {
    return freed + leaving.stream().mapToLong(one -> Ranges.length(one.written())).sum();
  }
}
