package dev.stillpoint.repository.blob;

import java.util.Optional;

/** Claims of a {@link FaultyBlobStore}. */
final class MemoryClaims implements SpaceClaims {

  private final FaultyBlobStore store;

  MemoryClaims(FaultyBlobStore store) {
    this.store = store;
  }

  @Override
  public void makeFolder(String folder) {
    // Folders take nothing here.
  }

  @Override
  public boolean claim(BlobName name, long bytes) {
    synchronized (store) {
      store.requireAlive();
      boolean dies = store.change();
      if (!dies) {
        store.countClaim();
        store.requireSpace(bytes);
      }
      MemoryBlob blob = new MemoryBlob();
      blob.claimed = dies ? store.random.nextInt((int) bytes + 1) : bytes;
      store.blobs.put(name, blob);
      FaultyBlobStore.dieIf(dies);
      return true;
    }
  }

  @Override
  public BlobAppender takeOver(BlobName claimed, BlobName name) {
    synchronized (store) {
      store.requireAlive();
      MemoryBlob blob = store.blob(claimed);
      boolean dies = store.change();
      if (!dies || store.random.nextBoolean()) {
        store.blobs.remove(claimed);
        store.blobs.put(name, blob);
        blob.earlierName = Optional.of(claimed);
        blob.nameDurable = false;
      }
      FaultyBlobStore.dieIf(dies);
      return store.appender(blob);
    }
  }

  @Override
  public void publish(BlobName claimed, BlobName name, byte[] content) {
    synchronized (store) {
      store.requireAlive();
      long room = store.blob(claimed).claimed;
      store.blobs.remove(claimed);
      boolean dies = store.change();
      if (!dies) {
        store.requireSpace(content.length - room);
      }
      if (!dies || store.random.nextBoolean()) {
        store.put(name, content);
      } else if (store.random.nextBoolean()) {
        store.put(claimed, content);
      }
      FaultyBlobStore.dieIf(dies);
    }
  }

  @Override
  public long room(BlobName name) {
    synchronized (store) {
      store.requireAlive();
      return Math.max(0, store.blob(name).claimed - store.blob(name).length);
    }
  }

  @Override
  public void trim(BlobName name) {
    synchronized (store) {
      store.requireAlive();
      boolean dies = store.change();
      if (!dies || store.random.nextBoolean()) {
        store.blob(name).claimed = 0;
      }
      FaultyBlobStore.dieIf(dies);
    }
  }

  @Override
  public void release(BlobName name) {
    store.delete(name);
  }
}
