package dev.stillpoint.offline;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.RestorePointId;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.ImageRef;
import dev.stillpoint.repository.Manifest;
import dev.stillpoint.repository.ManifestImage;
import dev.stillpoint.repository.Repository;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds what a user names in a repository. */
final class PointFinder {

  private static final String LATEST = "latest:";

  private final Repository repository;
  private final Path directory;

  PointFinder(Repository repository, Path directory) {
    this.repository = repository;
    this.directory = directory;
  }

  /**
   * @param named an id, or {@code latest:VM}
   * @throws StillpointException NOT_FOUND, CORRUPT_DATA
   */
  Manifest point(String named) {
    Optional<Manifest> found =
        named.startsWith(LATEST) ? newest(named.substring(LATEST.length())) : byId(named);
    return found.orElseThrow(
        () ->
            new StillpointException(
                ErrorKind.NOT_FOUND,
                "There is no restore point " + named + " in " + directory,
                "See which there are: stillpoint repository list " + directory));
  }

  /** The disk that was named, or the only one. */
  ImageRef image(PointArgument argument) {
    Manifest manifest = point(argument.point());
    return new ImageRef(manifest.id(), image(manifest, argument.disk()).name());
  }

  private Optional<Manifest> byId(String named) {
    try {
      return repository.manifest(new RestorePointId(named));
    } catch (IllegalArgumentException e) {
      // No id at all, and so the id of none.
      return Optional.empty();
    }
  }

  private Optional<Manifest> newest(String vm) {
    return repository.manifests().stream()
        .filter(manifest -> PointLabels.isOf(manifest, vm))
        .reduce((earlier, later) -> later);
  }

  /** The disk of that name; without a name the only one. */
  static ManifestImage image(Manifest manifest, Optional<String> disk) {
    if (disk.isEmpty() && manifest.images().size() == 1) {
      return manifest.images().get(0);
    }
    return manifest.images().stream()
        .filter(image -> disk.equals(Optional.of(image.name())))
        .findFirst()
        .orElseThrow(() -> noSuchDisk(manifest, disk));
  }

  private static StillpointException noSuchDisk(Manifest manifest, Optional<String> disk) {
    String names =
        manifest.images().stream()
            .map(image -> manifest.id() + "/" + image.name())
            .collect(Collectors.joining(", "));
    return new StillpointException(
        disk.isEmpty() ? ErrorKind.BAD_REQUEST : ErrorKind.NOT_FOUND,
        disk.map(name -> "Restore point " + manifest.id() + " has no disk '" + name + "'")
            .orElseGet(
                () ->
                    "Restore point "
                        + manifest.id()
                        + " has "
                        + manifest.images().size()
                        + " disks, and none was named"),
        names.isEmpty() ? "It has no disks at all." : "It has: " + names);
  }
}
