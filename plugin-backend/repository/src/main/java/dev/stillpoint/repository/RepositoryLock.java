package dev.stillpoint.repository;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;

/** Keeps a second process, and a second opener in this one, out of a repository's directory. */
final class RepositoryLock implements AutoCloseable {

  static final String FILE = "lock";

  /**
   * What this process has locked, by the numbers that file systems give the lock's files. Asked
   * before a lock's file is opened: to close it again, as who is refused must, would free the lock
   * of whoever holds it in this process, and let other processes in.
   */
  private static final Map<Object, FileChannel> HELD = new HashMap<>();

  private final Object number;
  private final FileChannel channel;

  private RepositoryLock(Object number, FileChannel channel) {
    this.number = number;
    this.channel = channel;
  }

  /** Takes the lock of an existing directory; the operating system frees it when we die. */
  static RepositoryLock take(Path directory) {
    Path file = directory.resolve(FILE);
    try {
      synchronized (HELD) {
        Object number = number(file);
        if (!HELD.containsKey(number)) {
          FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
          if (channel.tryLock() != null) {
            HELD.put(number, channel);
            return new RepositoryLock(number, channel);
          }
          channel.close();
        }
      }
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

  /** The same by whatever path one comes; opens nothing that is there. */
  private static Object number(Path file) throws IOException {
    try {
      Files.createFile(file);
    } catch (FileAlreadyExistsException expected) {
      // From an earlier time, or another was faster.
    }
    Object number = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    return number == null ? file.toRealPath() : number;
  }

  @Override
  public void close() {
    synchronized (HELD) {
      try {
        channel.close();
      } catch (IOException e) {
        throw new StillpointException(
            ErrorKind.STORAGE_UNAVAILABLE, "Cannot unlock the repository: " + e, "", e);
      } finally {
        HELD.remove(number, channel);
      }
    }
  }
}
