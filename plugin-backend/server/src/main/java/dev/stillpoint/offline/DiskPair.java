package dev.stillpoint.offline;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.ByteRange;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.ImageRef;
import dev.stillpoint.repository.Manifest;
import dev.stillpoint.repository.ManifestImage;
import dev.stillpoint.repository.Repository;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Two disks that are compared. */
record DiskPair(ImageRef first, ImageRef second) {

  DiskPair {
    requireNonNull(first, "first");
    requireNonNull(second, "second");
  }

  /**
   * The disks that were named, or the only ones, or all of equal names.
   *
   * @throws StillpointException CONFLICT when a disk of one point has no counterpart in the other
   */
  static List<DiskPair> match(
      Manifest first, Optional<String> firstDisk, Manifest second, Optional<String> secondDisk) {
    boolean named = firstDisk.isPresent() || secondDisk.isPresent();
    if (named || (first.images().size() == 1 && second.images().size() == 1)) {
      // A name that was said once is meant for both, where both have several disks.
      Optional<String> one = firstDisk.or(() -> forSeveral(first, secondDisk));
      Optional<String> other = secondDisk.or(() -> forSeveral(second, firstDisk));
      return List.of(
          new DiskPair(
              ref(first, PointFinder.image(first, one)),
              ref(second, PointFinder.image(second, other))));
    }
    requireCounterparts(first, second);
    requireCounterparts(second, first);
    List<DiskPair> pairs = new ArrayList<>();
    for (ManifestImage image : first.images()) {
      pairs.add(
          new DiskPair(
              ref(first, image),
              ref(second, PointFinder.image(second, Optional.of(image.name())))));
    }
    return List.copyOf(pairs);
  }

  String name() {
    return first.image();
  }

  List<ByteRange> compare(Repository repository) {
    return repository.compare(first, second);
  }

  private static Optional<String> forSeveral(Manifest manifest, Optional<String> name) {
    return name.filter(n -> manifest.images().size() > 1);
  }

  private static void requireCounterparts(Manifest of, Manifest in) {
    for (ManifestImage image : of.images()) {
      if (in.images().stream().noneMatch(other -> other.name().equals(image.name()))) {
        throw new StillpointException(
            ErrorKind.CONFLICT,
            "Disk '" + image.name() + "' of " + of.id() + " has no counterpart in " + in.id(),
            "Name the disks to compare: POINT1/DISK POINT2/DISK.");
      }
    }
  }

  private static ImageRef ref(Manifest manifest, ManifestImage image) {
    return new ImageRef(manifest.id(), image.name());
  }
}
