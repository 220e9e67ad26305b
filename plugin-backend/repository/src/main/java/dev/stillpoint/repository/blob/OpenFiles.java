package dev.stillpoint.repository.blob;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Keeps the files that were read last open. Thread-safe.
 *
 * <p>A channel is closed under its readers when it is evicted or when one of them is interrupted;
 * those readers open it again and go on. An interrupt is kept for the caller, it never fails a read
 * (the interrupted thread may be another backup's).
 */
final class OpenFiles implements AutoCloseable {

  private static final int LIMIT = 64;

  private final Map<Path, FileChannel> channels = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * Fills {@code into}.
   *
   * @return false when the file ends before
   */
  boolean read(Path file, long offset, ByteBuffer into) throws IOException {
    boolean interrupted = false;
    try {
      while (into.hasRemaining()) {
        int start = into.position();
        try {
          if (readOnce(file, offset, into) < 0) {
            return false;
          }
        } catch (ClosedByInterruptException e) {
          into.position(start);
          interrupted |= Thread.interrupted();
          forget(file);
          continue;
        } catch (ClosedChannelException e) {
          into.position(start);
          forget(file);
          continue;
        }
        offset += into.position() - start;
      }
      return true;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private int readOnce(Path file, long offset, ByteBuffer into) throws IOException {
    return channel(file).read(into, offset);
  }

  private synchronized FileChannel channel(Path file) throws IOException {
    FileChannel open = channels.get(file);
    if (open != null && open.isOpen()) {
      return open;
    }
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    channels.put(file, channel);
    if (channels.size() > LIMIT) {
      forget(channels.keySet().iterator().next());
    }
    return channel;
  }

  synchronized void forget(Path file) throws IOException {
    FileChannel channel = channels.get(file);
    if (channel != null) {
      channels.remove(file);
      channel.close();
    }
  }

  @Override
  public synchronized void close() throws IOException {
    for (FileChannel channel : channels.values()) {
      channel.close();
    }
    channels.clear();
  }
}
