package dev.stillpoint.repository.blob;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Folders whose entries survive a power loss. */
final class Folders {

  private Folders() {}

  /** Makes the folder of a file unless it is there. */
  static void makeFor(Path file) throws IOException {
    Path folder = file.getParent();
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder);
      sync(folder.getParent());
    }
  }

  /** Makes the names in a folder durable; an interrupt is kept for the caller. */
  static void sync(Path path) throws IOException {
    boolean interrupted = false;
    try {
      while (true) {
        try (FileChannel folder = FileChannel.open(path, StandardOpenOption.READ)) {
          folder.force(true);
          return;
        } catch (ClosedByInterruptException e) {
          interrupted |= Thread.interrupted();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
