package dev.stillpoint.offline;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A file that is written past the page cache, where its file system can do that: a whole image
 * would only push out what others need there, at the price of half the processor's time.
 * Thread-safe.
 */
final class UncachedFile implements AutoCloseable {

  private final Optional<FileChannel> channel;
  private final int blockBytes;
  private final Queue<ByteBuffer> buffers = new ConcurrentLinkedQueue<>();

  private UncachedFile(Optional<FileChannel> channel, int blockBytes) {
    this.channel = channel;
    this.blockBytes = blockBytes;
  }

  static UncachedFile open(Path file) {
    try {
      int blockBytes = Math.toIntExact(Files.getFileStore(file).getBlockSize());
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.WRITE, ExtendedOpenOption.DIRECT);
      return new UncachedFile(Optional.of(channel), blockBytes);
    } catch (IOException | UnsupportedOperationException e) {
      // tmpfs, some network file systems, devices of odd blocks: then through the cache.
      return new UncachedFile(Optional.empty(), 1);
    }
  }

  /** Whether the buffer can be written there: in whole blocks only. */
  boolean takes(long offset, ByteBuffer data) {
    return channel.isPresent() && offset % blockBytes == 0 && data.remaining() % blockBytes == 0;
  }

  void write(long offset, ByteBuffer data) throws IOException {
    ByteBuffer aligned = take();
    long position = offset;
    while (data.hasRemaining()) {
      int length = Math.min(data.remaining(), ParallelPieces.PIECE_BYTES);
      aligned.clear().put(data.slice(data.position(), length)).flip();
      data.position(data.position() + length);
      while (aligned.hasRemaining()) {
        position += channel.orElseThrow().write(aligned, position);
      }
    }
    buffers.add(aligned);
  }

  /** Java 17 breaks over its own aligned buffers where they are large. */
  private ByteBuffer take() {
    ByteBuffer free = buffers.poll();
    return free == null
        ? ByteBuffer.allocateDirect(ParallelPieces.PIECE_BYTES + blockBytes)
            .alignedSlice(blockBytes)
        : free;
  }

  @Override
  public void close() throws IOException {
    if (channel.isPresent()) {
      channel.get().close();
    }
  }
}
