package dev.stillpoint.benchmarks;

import dev.stillpoint.model.ByteCount;
import dev.stillpoint.repository.blob.BlobAppender;
import dev.stillpoint.repository.blob.BlobEntry;
import dev.stillpoint.repository.blob.BlobName;
import dev.stillpoint.repository.blob.BlobStore;
import dev.stillpoint.repository.format.ChunkKind;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Writes records of data into packs as holes while it is told to, so that only maps and index take
 * room, and flushes nothing: for stores that are only to be collected.
 */
record HollowBlobStore(BlobStore blobs, Path directory, AtomicBoolean hollow) implements BlobStore {

  private static final int KIND_POSITION = 5;

  @Override
  public BlobAppender create(BlobName name) {
    if (!name.value().startsWith("packs/")) {
      return blobs.create(name);
    }
    try {
      Path file = directory.resolve(name.value());
      Files.createDirectories(file.getParent());
      return new HollowAppender(hollow, new RandomAccessFile(file.toFile(), "rw"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void sync(BlobName name) {
    // Nobody asks for it after a crash.
  }

  @Override
  public void read(BlobName name, long offset, ByteBuffer into) {
    blobs.read(name, offset, into);
  }

  @Override
  public long size(BlobName name) {
    return blobs.size(name);
  }

  @Override
  public boolean exists(BlobName name) {
    return blobs.exists(name);
  }

  @Override
  public void publish(BlobName name, byte[] content) {
    blobs.publish(name, content);
  }

  @Override
  public void move(BlobName from, BlobName to) {
    blobs.move(from, to);
  }

  @Override
  public List<BlobEntry> list(String folder) {
    return blobs.list(folder);
  }

  @Override
  public void forEach(String folder, Consumer<BlobEntry> visitor) {
    blobs.forEach(folder, visitor);
  }

  @Override
  public void forEach(Consumer<BlobEntry> visitor) {
    blobs.forEach(visitor);
  }

  @Override
  public void delete(List<BlobName> names) {
    blobs.delete(names);
  }

  @Override
  public ByteCount free() {
    return blobs.free();
  }

  @Override
  public String location() {
    return blobs.location();
  }

  @Override
  public void close() {
    blobs.close();
  }

  private static final class HollowAppender implements BlobAppender {

    private final AtomicBoolean hollow;
    private final RandomAccessFile file;
    private long length;
    private boolean dataAtEnd;

    HollowAppender(AtomicBoolean hollow, RandomAccessFile file) {
      this.hollow = hollow;
      this.file = file;
    }

    @Override
    public void append(byte[] record, int offset, int bytes) {
      try {
        dataAtEnd = hollow.get() && record[offset + KIND_POSITION] != ChunkKind.NODE.code();
        if (!dataAtEnd) {
          file.seek(length);
          file.write(record, offset, bytes);
        }
        length += bytes;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void flush() {
      try {
        if (dataAtEnd) {
          file.setLength(length);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      try (file) {
        flush();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
