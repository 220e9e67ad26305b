package dev.stillpoint.offline;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.posix.PosixFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A raw image or a block device that is read. Reading is thread-safe. */
final class SourceImage implements AutoCloseable {

  private static final int FILE_TYPE = 0170000;
  private static final int BLOCK_DEVICE = 0060000;
  private static final int REGULAR_FILE = 0100000;

  private final Path file;
  private final FileChannel channel;
  private final long sizeBytes;

  private SourceImage(Path file, FileChannel channel, long sizeBytes) {
    this.file = file;
    this.channel = channel;
    this.sizeBytes = sizeBytes;
  }

  /**
   * @throws StillpointException NOT_FOUND, BAD_REQUEST for what is neither file nor block device,
   *     STORAGE_UNAVAILABLE when it cannot be read
   */
  static SourceImage open(Path file) {
    try {
      int type = (int) Files.getAttribute(file, "unix:mode") & FILE_TYPE;
      if (type != REGULAR_FILE && type != BLOCK_DEVICE) {
        throw new StillpointException(
            ErrorKind.BAD_REQUEST,
            file + " is no image: it is neither a file nor a block device",
            "Name a raw image or a block device.");
      }
      FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
      return new SourceImage(file, channel, channel.size());
    } catch (NoSuchFileException e) {
      throw new StillpointException(
          ErrorKind.NOT_FOUND, "There is no image " + file, "Check the path.", e);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  Path file() {
    return file;
  }

  long sizeBytes() {
    return sizeBytes;
  }

  /** Where there is data; the rest are holes. */
  ByteRanges dataRanges() {
    try {
      return ByteRanges.of(PosixFiles.dataRanges(file)).and(ByteRanges.first(sizeBytes));
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /**
   * Fills the buffer.
   *
   * @throws StillpointException CONFLICT when the image has become shorter
   */
  void read(long offset, ByteBuffer into) {
    try {
      long position = offset;
      while (into.hasRemaining()) {
        int read = channel.read(into, position);
        if (read < 0) {
          throw changed(channel.size());
        }
        position += read;
      }
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /**
   * @throws StillpointException CONFLICT when the image has another size than when it was opened
   */
  void requireSameSize() {
    try {
      long now = channel.size();
      if (now != sizeBytes) {
        throw changed(now);
      }
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private StillpointException changed(long end) {
    return new StillpointException(
        ErrorKind.CONFLICT,
        file + " had " + sizeBytes + " bytes when reading began, and has " + end + " now",
        "Import an image that nobody writes to: a snapshot, or the disk of a VM that is off.");
  }

  private static StillpointException unreadable(Path file, IOException e) {
    return new StillpointException(
        ErrorKind.STORAGE_UNAVAILABLE,
        "Cannot read the image " + file + ": " + e,
        "Check the disk it lies on, and that you may read it.",
        e);
  }
}
