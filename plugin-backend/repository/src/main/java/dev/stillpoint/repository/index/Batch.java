package dev.stillpoint.repository.index;

/** Entries that are about to be written as one run; {@link ChunkIndex#freeze} makes it. */
public final class Batch {

  private final PendingTable entries;

  Batch(PendingTable entries) {
    this.entries = entries;
  }

  PendingTable entries() {
    return entries;
  }

  public int size() {
    return entries.size();
  }
}
