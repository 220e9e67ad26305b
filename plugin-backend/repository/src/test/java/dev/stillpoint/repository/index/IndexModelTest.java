package dev.stillpoint.repository.index;

import static dev.stillpoint.repository.index.Entry.compareIds;
import static dev.stillpoint.repository.index.Entry.id;
import static dev.stillpoint.repository.index.Entry.scan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.model.Cancellation;
import dev.stillpoint.repository.blob.FaultyBlobStore;
import dev.stillpoint.repository.format.ChunkId;
import dev.stillpoint.repository.format.ChunkPlace;
import dev.stillpoint.repository.format.PackExtent;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The index does what maps in memory do, whatever the order of steps. */
class IndexModelTest {

  private static final int IDS = 2000;
  private static final int STEPS = 600;

  private final Map<ChunkId, ChunkPlace> durable = new HashMap<>();
  private final Map<ChunkId, ChunkPlace> active = new HashMap<>();

  /** All places that an id ever had. */
  private final Map<ChunkId, Set<ChunkPlace>> history = new HashMap<>();

  private final TreeSet<Integer> packs = new TreeSet<>();
  private Map<ChunkId, ChunkPlace> frozen = new HashMap<>();
  private Optional<Batch> batch = Optional.empty();
  private int nextPack = 1;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void answersAsMapsWould(long seed) {
    Random random = new Random(seed);
    FaultyBlobStore blobs = new FaultyBlobStore(seed);
    IndexSettings settings =
        new IndexSettings(1 + random.nextInt(500), random.nextInt(1 << 14), 1 + random.nextInt(6));
    ChunkIndex index = ChunkIndex.open(blobs, settings);
    for (int step = 0; step < STEPS; step++) {
      switch (random.nextInt(12)) {
        case 0, 1, 2, 3, 4 -> put(index, random);
        case 5 -> freeze(index);
        case 6, 7 -> write(index);
        case 8 -> {
          if (random.nextInt(5) == 0) {
            discard(index);
          }
        }
        case 9 -> index.merge(packs::contains);
        case 10 -> {
          if (random.nextInt(10) == 0) {
            index.compact(packs::contains);
          } else if (packs.size() > 3 && !isPending(packs.first())) {
            packs.remove(packs.first());
          }
        }
        default -> {
          index.close();
          index = ChunkIndex.open(blobs, settings);
          discardModel();
        }
      }
      check(index, random);
    }
    assertThat(index.check(new Cancellation())).isEmpty();
    assertThat(index.findings()).isEmpty();
  }

  private void put(ChunkIndex index, Random random) {
    if (random.nextInt(3) == 0 || packs.isEmpty()) {
      packs.add(nextPack);
      nextPack++;
    }
    for (int i = random.nextInt(60); i >= 0; i--) {
      boolean damaged = random.nextInt(50) == 0;
      ChunkPlace place = new ChunkPlace(packs.last(), random.nextInt(1000), 10, damaged);
      ChunkId id = id(random.nextInt(IDS));
      index.put(id, place);
      active.put(id, place);
      history.computeIfAbsent(id, key -> new HashSet<>()).add(place);
    }
  }

  private void freeze(ChunkIndex index) {
    if (batch.isEmpty()) {
      batch = Optional.of(index.freeze());
      frozen = new HashMap<>(active);
      active.clear();
    }
  }

  private void write(ChunkIndex index) {
    if (batch.isPresent()) {
      index.write(batch.get(), List.of(new PackExtent(1, 0, 10)));
      durable.putAll(frozen);
      frozen.clear();
      batch = Optional.empty();
    }
  }

  private void discard(ChunkIndex index) {
    index.discard();
    discardModel();
  }

  private void discardModel() {
    active.clear();
    frozen.clear();
    batch = Optional.empty();
  }

  private boolean isPending(int pack) {
    return active.values().stream().anyMatch(place -> place.pack() == pack)
        || frozen.values().stream().anyMatch(place -> place.pack() == pack);
  }

  private void check(ChunkIndex index, Random random) {
    assertThat(index.pending()).isEqualTo(active.size() + frozen.size());
    Map<ChunkId, ChunkPlace> all = newest();
    for (int i = 0; i < 30; i++) {
      ChunkId id = id(random.nextInt(IDS + 100));
      Optional<ChunkPlace> found = index.find(id, packs::contains);
      Optional<ChunkPlace> newest = Optional.ofNullable(all.get(id));
      if (newest.isEmpty() || packs.contains(newest.get().pack())) {
        assertThat(found).isEqualTo(newest);
      } else {
        found.ifPresent(place -> assertThat(packs).contains(place.pack()));
        found.ifPresent(place -> assertThat(history.get(id)).contains(place));
      }
    }
    if (random.nextInt(20) == 0) {
      List<Entry> scanned = scan(index, packs::contains);
      for (Entry entry : scanned) {
        assertThat(index.find(entry.id(), packs::contains)).contains(entry.place());
      }
      assertThat(scanned).isSortedAccordingTo((a, b) -> compareIds(a.id(), b.id()));
      assertThat(new HashSet<>(scanned).containsAll(newestInExistingPacks())).isTrue();
      assertThat(index.damaged(packs::contains))
          .isEqualTo(scanned.stream().filter(entry -> entry.place().damaged()).count());
    }
  }

  private Map<ChunkId, ChunkPlace> newest() {
    Map<ChunkId, ChunkPlace> newest = new HashMap<>(durable);
    newest.putAll(frozen);
    newest.putAll(active);
    return newest;
  }

  private List<Entry> newestInExistingPacks() {
    return newest().entrySet().stream()
        .filter(entry -> packs.contains(entry.getValue().pack()))
        .map(entry -> new Entry(entry.getKey(), entry.getValue()))
        .toList();
  }
}
