package dev.stillpoint.repository.blob;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.io.FileNotFoundException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/** Says in our words what the operating system said in its own, for one directory. */
final class FileFailures {

  private static final long FULL_BELOW_BYTES = 1 << 20;

  private final Path directory;

  FileFailures(Path directory) {
    this.directory = directory;
  }

  StillpointException of(String verb, Path file, Exception cause) {
    if (cause instanceof NoSuchFileException || cause instanceof FileNotFoundException) {
      return new StillpointException(
          ErrorKind.NOT_FOUND, "The file " + file + " does not exist", "", cause);
    }
    String text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    long freeBytes = directory.toFile().getUsableSpace();
    // The operating system's text may be translated, so the figure decides where the text does not.
    if (text.contains("no space left")
        || text.contains("quota exceeded")
        || (freeBytes < FULL_BELOW_BYTES && Files.isDirectory(directory))) {
      return new StillpointException(
          ErrorKind.OUT_OF_SPACE,
          "The repository " + directory + " is full: " + freeBytes + " bytes are free",
          "Make room on its file system or expire restore points.",
          cause);
    }
    return new StillpointException(
        ErrorKind.STORAGE_UNAVAILABLE,
        "Cannot " + verb + " " + file + ": " + cause,
        "Check the disk and the rights on the repository's directory.",
        cause);
  }
}
