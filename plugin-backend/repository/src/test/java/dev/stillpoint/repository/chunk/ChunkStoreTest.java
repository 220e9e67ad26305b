package dev.stillpoint.repository.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.blob.BlobAppender;
import dev.stillpoint.repository.blob.BlobName;
import dev.stillpoint.repository.blob.BlobStore;
import dev.stillpoint.repository.blob.FaultyBlobStore;
import dev.stillpoint.repository.crypto.ContentCiphers;
import dev.stillpoint.repository.format.ChunkId;
import dev.stillpoint.repository.format.ChunkKind;
import dev.stillpoint.repository.format.Packs;
import dev.stillpoint.repository.index.IndexSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;

class ChunkStoreTest {

  private static final ChunkSettings SMALL =
      new ChunkSettings(50_000, 64 * 1024, 1, new IndexSettings(10, 1000, 4));

  private final FaultyBlobStore blobs = new FaultyBlobStore(1);
  private final Random random = new Random(1);

  private byte[] noise(int length) {
    byte[] noise = new byte[length];
    random.nextBytes(noise);
    return noise;
  }

  private static ChunkId put(ChunkStore store, byte[] content) {
    return put(store, content, bytes -> {});
  }

  private static ChunkId put(ChunkStore store, byte[] content, LongConsumer stored) {
    try (ChunkSession session = store.startSession()) {
      return session.put(ChunkKind.DATA, content, 0, content.length, stored);
    }
  }

  private static ChunkStore open(BlobStore blobs, ChunkSettings settings) {
    return ChunkStore.open(
        blobs, ContentCiphers.plain(), settings, Runnable::run, PackQuarantine.none());
  }

  private static byte[] get(ChunkStore store, ChunkId id, int length) {
    byte[] content = new byte[length];
    store.get(id, content, 0, length);
    return content;
  }

  @Test
  void storesWhatDoesNotShrinkAsItIs() {
    AtomicLong stored = new AtomicLong();
    try (ChunkStore store = open(blobs, SMALL)) {
      byte[] noise = noise(10_000);
      ChunkId id = put(store, noise, stored::addAndGet);
      assertThat(stored).hasValue(10_000 + PackRecord.headerBytes(1));
      assertThat(get(store, id, 10_000)).isEqualTo(noise);
      put(store, new byte[10_000], stored::addAndGet);
      assertThat(stored.get()).isLessThan(10_500);
      assertThat(store.packBytes()).isEqualTo(stored.get());
    }
  }

  @Test
  void closesAPackBeforeItWouldGrowBeyondItsLimit() {
    try (ChunkStore store = open(blobs, SMALL)) {
      for (int i = 0; i < 20; i++) {
        put(store, noise(12_000));
      }
    }
    assertThat(blobs.list("packs"))
        .hasSize(5)
        .allSatisfy(pack -> assertThat(pack.sizeBytes()).isLessThanOrEqualTo(50_000));
  }

  @Test
  void mergesIndexFilesWhenThereAreMany() {
    List<ChunkId> ids = new ArrayList<>();
    try (ChunkStore store = open(blobs, SMALL)) {
      for (int i = 0; i < 60; i++) {
        ids.add(put(store, noise(100)));
        store.flush();
      }
      store.flush();
    }
    assertThat(blobs.list("index")).hasSizeLessThanOrEqualTo(5);
    for (int round = 0; round < 2; round++) {
      try (ChunkStore store = open(blobs, SMALL)) {
        ids.forEach(id -> assertThat(get(store, id, 100)).hasSize(100));
        assertThat(store.findings()).isEmpty();
        assertThat(store.entries()).isEqualTo(60);
      }
      assertThat(blobs.list("index")).hasSizeLessThanOrEqualTo(5);
    }
  }

  @Test
  void rescuesWhatAKilledProcessWroteAndReadsItOnlyOnce() {
    byte[] content = noise(1000);
    ChunkStore killed = open(blobs, SMALL);
    ChunkId id = put(killed, content);
    FaultyBlobStore left = blobs.afterKill(1);
    try (ChunkStore store = open(left, SMALL)) {
      assertThat(get(store, id, 1000)).isEqualTo(content);
    }
    assertThat(left.list("index")).hasSize(1);
    long changes = left.changes();
    open(left, SMALL).close();
    assertThat(left.changes()).as("nothing is left to rescue").isEqualTo(changes);
    assertThat(killed.packBytes()).isEqualTo(1000 + PackRecord.headerBytes(1));
  }

  @Test
  void findsWholeRecordsBehindATornOne() {
    List<byte[]> contents = List.of(noise(300), noise(400), noise(500));
    ChunkStore killed = open(blobs, SMALL);
    List<ChunkId> ids = contents.stream().map(content -> put(killed, content)).toList();
    BlobName pack = blobs.list("packs").get(0).name();
    for (int broken = 300 + 60; broken < 400 + 300 + 2 * 60; broken += 9) {
      FaultyBlobStore left = blobs.afterKill(1);
      left.flipBit(pack, broken, 2);
      try (ChunkStore store = open(left, SMALL)) {
        assertThat(get(store, ids.get(0), 300)).isEqualTo(contents.get(0));
        assertThat(get(store, ids.get(2), 500)).isEqualTo(contents.get(2));
        assertThatThrownBy(() -> get(store, ids.get(1), 400)).hasMessageContaining("in no pack");
      }
    }
  }

  @Test
  void doesNotTripOverNoiseInPackFiles() {
    try (BlobAppender appender = blobs.create(Packs.name(4))) {
      appender.append(noise(20_000), 0, 20_000);
    }
    try (ChunkStore store = open(blobs, SMALL)) {
      assertThat(store.entries()).isZero();
      put(store, noise(10));
    }
    assertThat(blobs.exists(Packs.name(5))).isTrue();
  }

  @Test
  void forgetsWhatAFailedPackMayHaveLost() {
    byte[] flushed = noise(100);
    byte[] doubtful = noise(200);
    try (ChunkStore store = open(blobs, SMALL)) {
      ChunkId safe = put(store, flushed);
      store.flush();
      ChunkId lost = put(store, doubtful);
      long generation = store.generation();
      blobs.limitSpace(50);
      assertThatThrownBy(() -> put(store, noise(100))).isInstanceOf(StillpointException.class);
      assertThatThrownBy(() -> store.requireGeneration(generation))
          .hasMessageContaining("memory is full");
      blobs.limitSpace(Long.MAX_VALUE);
      store.requireGeneration(store.generation());
      assertThat(get(store, safe, 100)).isEqualTo(flushed);
      assertThatThrownBy(() -> get(store, lost, 200)).hasMessageContaining("in no pack");
      AtomicLong stored = new AtomicLong();
      put(store, doubtful, stored::addAndGet);
      assertThat(stored).as("it is stored again").hasPositiveValue();
    }
  }

  @Test
  void storesOnceWhatTwoThreadsPutAtTheSameMoment() throws Exception {
    ChunkSettings large = new ChunkSettings(1 << 25, 256 * 1024, 1, IndexSettings.standard());
    AtomicLong alone = new AtomicLong();
    ExecutorService executor = Executors.newFixedThreadPool(2);
    try (ChunkStore one = open(new FaultyBlobStore(1), large);
        ChunkStore shared = open(blobs, large)) {
      for (int i = 0; i < 200; i++) {
        byte[] content = noise(60_000);
        put(one, content, alone::addAndGet);
        CyclicBarrier start = new CyclicBarrier(2);
        Callable<ChunkId> put =
            () -> {
              start.await();
              return put(shared, content);
            };
        Future<ChunkId> first = executor.submit(put);
        Future<ChunkId> second = executor.submit(put);
        assertThat(first.get()).isEqualTo(second.get());
      }
      assertThat(shared.packBytes()).isEqualTo(alone.get());
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  void refusesContentOfAnotherLength() {
    try (ChunkStore store = open(blobs, SMALL)) {
      ChunkId id = put(store, noise(100));
      assertThatThrownBy(() -> get(store, id, 99)).hasMessageContaining("100 bytes of content");
    }
  }
}
