package dev.stillpoint.repository;

import dev.stillpoint.model.ByteCount;
import dev.stillpoint.repository.blob.BlobAppender;
import dev.stillpoint.repository.blob.BlobEntry;
import dev.stillpoint.repository.blob.BlobName;
import dev.stillpoint.repository.blob.BlobStore;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;

/** Every call is a place where another thread may go on. */
record SwitchingBlobStore(BlobStore blobs, Turns turns) implements BlobStore {

  @Override
  public BlobAppender create(BlobName name) {
    turns.call();
    BlobAppender appender = blobs.create(name);
    return new BlobAppender() {
      @Override
      public void append(byte[] data, int offset, int length) {
        turns.call();
        appender.append(data, offset, length);
      }

      @Override
      public void flush() {
        turns.call();
        appender.flush();
      }

      @Override
      public void close() {
        appender.close();
      }
    };
  }

  @Override
  public void sync(BlobName name) {
    turns.call();
    blobs.sync(name);
  }

  @Override
  public void read(BlobName name, long offset, ByteBuffer into) {
    turns.call();
    blobs.read(name, offset, into);
  }

  @Override
  public long size(BlobName name) {
    turns.call();
    return blobs.size(name);
  }

  @Override
  public boolean exists(BlobName name) {
    turns.call();
    return blobs.exists(name);
  }

  @Override
  public void publish(BlobName name, byte[] content) {
    turns.call();
    blobs.publish(name, content);
  }

  @Override
  public void move(BlobName from, BlobName to) {
    turns.call();
    blobs.move(from, to);
  }

  @Override
  public List<BlobEntry> list(String folder) {
    turns.call();
    return blobs.list(folder);
  }

  @Override
  public void forEach(String folder, Consumer<BlobEntry> visitor) {
    turns.call();
    blobs.forEach(folder, visitor);
  }

  @Override
  public void forEach(Consumer<BlobEntry> visitor) {
    turns.call();
    blobs.forEach(visitor);
  }

  @Override
  public void delete(List<BlobName> names) {
    turns.call();
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
}
