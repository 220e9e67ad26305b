package dev.stillpoint.repository.index;

import dev.stillpoint.repository.blob.BlobStore;
import dev.stillpoint.repository.format.*;
import java.util.*;
import java.util.concurrent.*;
import java.util.function.IntPredicate;

public final class ChunkIndex implements AutoCloseable {
  private final ConcurrentHashMap<ChunkId, ChunkPlace> m = new ConcurrentHashMap<>();
  int p;

  public static ChunkIndex open(BlobStore b, IndexSettings s) {
    return new ChunkIndex();
  }

  public Optional<ChunkPlace> find(ChunkId id, IntPredicate pack) {
    ChunkPlace x = m.get(id);
    return x != null && pack.test(x.pack()) ? Optional.of(x) : Optional.empty();
  }

  public void put(ChunkId id, ChunkPlace place) {
    m.put(id, place);
    p++;
  }

  public int pending() {
    return p;
  }

  public Batch freeze() {
    Batch b = new Batch(p);
    p = 0;
    return b;
  }

  public void write(Batch b, List<PackExtent> e) {}

  public void discard() {}

  public List<PackExtent> uncovered(int pack, long size) {
    return size > 0 ? List.of(new PackExtent(pack, 0, size)) : List.of();
  }

  public BitSet listedPacks() {
    return new BitSet();
  }

  public long listedTo(int pack) {
    return 0;
  }

  public long entries() {
    return m.size();
  }

  public long damaged() {
    return 0;
  }

  public List<String> findings() {
    return List.of();
  }

  @Override
  public void close() {}
}
