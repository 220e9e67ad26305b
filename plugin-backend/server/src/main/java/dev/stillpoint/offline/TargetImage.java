package dev.stillpoint.offline;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What an image is written to. A file is written under another name beside it and gets its own when
 * it is complete and on the disk, so nobody ever meets half an image; a block device is written in
 * place. Writing is thread-safe.
 */
final class TargetImage implements AutoCloseable {

  private final Path target;
  private final Path written;
  private final FileChannel channel;
  private final UncachedFile uncached;
  private final ReentrantLock writing = new ReentrantLock();
  private boolean published;

  private TargetImage(Path target, Path written, FileChannel channel) {
    this.target = target;
    this.written = written;
    this.channel = channel;
    this.uncached = UncachedFile.open(written);
  }

  /**
   * @param replace whether what is there may be overwritten
   * @param unique makes the name of the file on its way one of its own
   * @throws StillpointException CONFLICT when there is something that may not be overwritten,
   *     BAD_REQUEST for a directory, NOT_FOUND when there is no directory for it, OUT_OF_SPACE,
   *     STORAGE_UNAVAILABLE
   */
  static TargetImage open(Path target, long sizeBytes, boolean replace, long unique) {
    try {
      if (Files.isDirectory(target)) {
        throw new StillpointException(
            ErrorKind.BAD_REQUEST, target + " is a directory", "Name the file to write.");
      }
      if (Files.exists(target) && !replace) {
        throw new StillpointException(
            ErrorKind.CONFLICT,
            target + " exists already",
            "Name another file, or overwrite it with --force.");
      }
      if (Files.exists(target) && !Files.isRegularFile(target)) {
        return device(target, sizeBytes);
      }
      Path written = target.resolveSibling(".stillpoint-" + Long.toHexString(unique) + ".part");
      Files.createFile(written);
      return new TargetImage(target, written, oneLargeHole(written, sizeBytes));
    } catch (NoSuchFileException e) {
      throw new StillpointException(
          ErrorKind.NOT_FOUND, "There is no directory for " + target, "Make it first.", e);
    } catch (IOException e) {
      throw failed(target, e);
    }
  }

  private static TargetImage device(Path target, long sizeBytes) throws IOException {
    FileChannel channel = FileChannel.open(target, StandardOpenOption.WRITE);
    long room = channel.size();
    if (room < sizeBytes) {
      channel.close();
      throw new StillpointException(
          ErrorKind.OUT_OF_SPACE,
          target + " has " + room + " bytes, the image has " + sizeBytes,
          "Use a device that is large enough.");
    }
    return new TargetImage(target, target, channel);
  }

  /** Whether a range that is not written reads as zeroes afterwards. */
  boolean isZeroAtFirst() {
    return !written.equals(target);
  }

  void write(long offset, ByteBuffer data) {
    if (uncached.takes(offset, data)) {
      writeUncached(offset, data);
    } else {
      writeCached(offset, data);
    }
  }

  private void writeUncached(long offset, ByteBuffer data) {
    try {
      uncached.write(offset, data);
    } catch (IOException e) {
      throw failed(target, e);
    }
  }

  private void writeCached(long offset, ByteBuffer data) {
    // One writer at a time: in the kernel they would wait for each other too, but burning the
    // processor (twice the CPU time was measured) that unpacking needs.
    writing.lock();
    try {
      long position = offset;
      while (data.hasRemaining()) {
        position += channel.write(data, position);
      }
    } catch (IOException e) {
      throw failed(target, e);
    } finally {
      writing.unlock();
    }
  }

  /**
   * Gives the complete image its name.
   *
   * @param durable whether it must survive a power loss on return; a device always does
   */
  void publish(boolean replace, boolean durable) {
    try {
      if (durable || !isZeroAtFirst()) {
        channel.force(true);
      }
      if (isZeroAtFirst()) {
        move(replace);
      }
      published = true;
    } catch (FileAlreadyExistsException e) {
      throw new StillpointException(
          ErrorKind.CONFLICT,
          target + " has been made by somebody else meanwhile",
          "Name another file, or overwrite it with --force.",
          e);
    } catch (IOException e) {
      throw failed(target, e);
    }
  }

  private void move(boolean replace) throws IOException {
    if (replace) {
      Files.move(written, target, StandardCopyOption.ATOMIC_MOVE);
    } else {
      Files.move(written, target);
    }
    try (FileChannel directory = FileChannel.open(directory(), StandardOpenOption.READ)) {
      directory.force(true);
    }
  }

  private Path directory() {
    return target.toAbsolutePath().getParent();
  }

  /** What was not published is not there. */
  @Override
  public void close() {
    try {
      uncached.close();
      channel.close();
      if (!published && isZeroAtFirst()) {
        Files.deleteIfExists(written);
      }
    } catch (IOException e) {
      throw failed(target, e);
    }
  }

  private static FileChannel oneLargeHole(Path file, long sizeBytes) throws IOException {
    RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw");
    try {
      open.setLength(sizeBytes);
      return open.getChannel();
    } catch (IOException e) {
      open.close();
      Files.deleteIfExists(file);
      throw e;
    }
  }

  private static StillpointException failed(Path target, IOException e) {
    boolean full = String.valueOf(e.getMessage()).contains("No space left");
    return new StillpointException(
        full ? ErrorKind.OUT_OF_SPACE : ErrorKind.STORAGE_UNAVAILABLE,
        "Cannot write " + target + ": " + e,
        full ? "Make room there, or write elsewhere." : "Check the disk and the rights on it.",
        e);
  }
}
