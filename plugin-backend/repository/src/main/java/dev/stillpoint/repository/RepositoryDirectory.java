package dev.stillpoint.repository;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** What a local directory must be before a repository is made or opened in it. */
final class RepositoryDirectory {

  /** A file system's own folder, and what a creation that was cut off leaves behind. */
  private static final Set<String> IGNORED =
      Set.of(
          "lost+found",
          RepositoryLock.FILE,
          ReserveFile.NAME,
          KeySlotStore.FOLDER,
          "tmp",
          "ballast",
          "change-small",
          "change-large");

  private RepositoryDirectory() {}

  /** Makes the directory unless it is there and empty. */
  static void prepare(Path directory) {
    try {
      makePrivate(directory);
      try (Stream<Path> files = Files.list(directory)) {
        List<String> names =
            files
                .map(file -> file.getFileName().toString())
                .filter(n -> !IGNORED.contains(n))
                .toList();
        if (!names.isEmpty()) {
          throw new StillpointException(
              ErrorKind.CONFLICT,
              "The directory " + directory + " is not empty: it holds " + names.get(0),
              "Name an empty or new directory, or open the repository that is there.");
        }
      }
    } catch (IOException e) {
      throw new StillpointException(
          ErrorKind.STORAGE_UNAVAILABLE,
          "Cannot make the directory " + directory + ": " + e,
          "Check the path and the rights on it.",
          e);
    }
  }

  /** What is in a backup is nobody's business but the service's; an existing directory is kept. */
  private static void makePrivate(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      return;
    }
    Files.createDirectories(directory.toAbsolutePath().getParent());
    if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createDirectory(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } else {
      Files.createDirectory(directory);
    }
  }

  static boolean holdsRepository(Path directory) {
    return Files.isRegularFile(directory.resolve(RepositoryFile.NAME));
  }

  static void requireRepository(Path directory) {
    if (!holdsRepository(directory)) {
      throw new StillpointException(
          ErrorKind.NOT_FOUND,
          directory + " is not a Stillpoint repository: it has no file " + RepositoryFile.NAME,
          "Check the path, and whether its file system is mounted.");
    }
  }

  /** Opens under the lock, and gives the lock back when that fails. */
  static Repository withLock(Path directory, Function<Runnable, Repository> opening) {
    RepositoryLock lock = RepositoryLock.take(directory);
    try {
      return opening.apply(lock::close);
    } catch (RuntimeException | Error e) {
      lock.close();
      throw e;
    }
  }
}
