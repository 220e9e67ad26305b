package dev.stillpoint.repository;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps a second process, and a second opener in this one, out of a repository's directory. */
final class RepositoryLock implements AutoCloseable {

  static final String FILE = "lock";

  private final FileChannel channel;

  private RepositoryLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Takes the lock of an existing directory; the operating system frees it when we die. */
  static RepositoryLock take(Path directory) {
    try {
      FileChannel channel =
          FileChannel.open(
              directory.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      try {
        if (channel.tryLock() != null) {
          return new RepositoryLock(channel);
        }
      } catch (OverlappingFileLockException expected) {
        // Held by ourselves: the same answer.
      }
      channel.close();
    } catch (IOException e) {
      throw new StillpointException(
          ErrorKind.STORAGE_UNAVAILABLE,
          "Cannot lock the repository " + directory + ": " + e,
          "Check the disk and the rights on the directory.",
          e);
    }
    throw new StillpointException(
        ErrorKind.CONFLICT,
        "The repository " + directory + " is open already",
        "Stop the other Stillpoint that uses it.");
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new StillpointException(
          ErrorKind.STORAGE_UNAVAILABLE, "Cannot unlock the repository: " + e, "", e);
    }
  }
}
