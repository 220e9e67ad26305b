package dev.stillpoint.repository;

import static dev.stillpoint.repository.Samples.GRID;
import static dev.stillpoint.repository.Samples.collect;
import static dev.stillpoint.repository.Samples.point;
import static dev.stillpoint.repository.Samples.read;
import static dev.stillpoint.repository.Samples.verifyAll;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.model.ByteCount;
import dev.stillpoint.repository.blob.FaultyBlobStore;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * A thousand points written, expired, collected, killed, in an encrypted repository whose
 * passphrase changes: what is committed is always there.
 */
class RandomHistoryTest {

  private static final int POINTS = 1000;
  private static final int MAX_ALIVE = 40;
  private static final int MAX_CHUNKS = 12;

  private final Random random = new Random(20261121);
  private final Map<String, byte[]> contents = new TreeMap<>();
  private String secret = "the first";
  private FaultyBlobStore blobs = create();
  private Repository repository = open();
  private int written;

  private FaultyBlobStore create() {
    try (Passphrase passphrase = Passphrase.of(secret.toCharArray())) {
      return MemoryRepository.create(1, passphrase);
    }
  }

  private Repository open() {
    try (Passphrase passphrase = Passphrase.of(secret.toCharArray())) {
      return MemoryRepository.open(blobs, passphrase);
    }
  }

  @Test
  void everyCommittedPointOfAThousandReadsBackWhateverHappened() {
    while (written < POINTS) {
      switch (random.nextInt(12)) {
        case 0, 1 -> expireSome();
        case 2 -> collect(repository);
        case 3 -> checkOne();
        case 4 -> disturb();
        default -> write();
      }
      while (contents.size() > MAX_ALIVE) {
        expireSome();
      }
    }
    contents.forEach((id, disk) -> assertThat(read(repository, id)).as(id).isEqualTo(disk));
    assertThat(verifyAll(repository).problems()).isEmpty();
    List.copyOf(contents.keySet()).forEach(id -> repository.expire(point(id)));
    collect(repository);
    assertThat(repository.space().packs()).as("packs hold nothing").isEqualTo(ByteCount.ZERO);
    repository.close();
  }

  /** Starts from nothing or from an earlier point; a part of it is known content, moved. */
  private void write() {
    String id = "p" + written;
    written++;
    List<String> earlier = new ArrayList<>(contents.keySet());
    boolean onBase = !earlier.isEmpty() && random.nextInt(3) > 0;
    String base = onBase ? earlier.get(random.nextInt(earlier.size())) : "";
    byte[] disk =
        onBase
            ? contents.get(base).clone()
            : new byte[(1 + random.nextInt(MAX_CHUNKS)) * GRID - random.nextInt(GRID)];
    try (PointWriter writer = repository.startPoint(point(id))) {
      ByteCount size = ByteCount.ofBytes(disk.length);
      ImageWriter image =
          onBase
              ? writer.startImage("disk", size, new ImageRef(point(base), "disk"))
              : writer.startImage("disk", size);
      for (int chunk = 0; chunk * GRID < disk.length; chunk++) {
        if (!onBase || random.nextInt(4) == 0) {
          int length = Math.min(GRID, disk.length - chunk * GRID);
          fill(disk, chunk * GRID, length);
          image.write((long) chunk * GRID, ByteBuffer.wrap(disk, chunk * GRID, length));
        }
        if (random.nextInt(200) == 0) {
          collect(repository);
        }
      }
      image.finish();
      if (random.nextInt(15) == 0) {
        return;
      }
      writer.commit(Map.of(Manifest.OWNER_LABEL, "vm-" + random.nextInt(4)), "");
    }
    contents.put(id, disk);
  }

  /** One of a few hundred chunks, so that much is known and much comes back. */
  private void fill(byte[] disk, int offset, int length) {
    Random content = new Random(random.nextInt(300));
    byte[] chunk = new byte[GRID];
    Samples.fill(content, chunk, 0, GRID);
    System.arraycopy(chunk, 0, disk, offset, length);
  }

  private void expireSome() {
    List<String> ids = new ArrayList<>(contents.keySet());
    for (int i = random.nextInt(4); i >= 0 && !ids.isEmpty(); i--) {
      String id = ids.remove(random.nextInt(ids.size()));
      repository.expire(point(id));
      contents.remove(id);
    }
  }

  private void checkOne() {
    List<String> ids = new ArrayList<>(contents.keySet());
    if (!ids.isEmpty()) {
      String id = ids.get(random.nextInt(ids.size()));
      assertThat(read(repository, id)).as(id).isEqualTo(contents.get(id));
    }
  }

  private void changePassphrase() {
    secret = "number " + written;
    int slot = repository.keys().list().get(0).number();
    try (Passphrase passphrase = Passphrase.of(secret.toCharArray())) {
      repository.keys().change(slot, passphrase);
    }
  }

  /** Restarts, kills, cuts the power, builds the index again, or changes the passphrase. */
  private void disturb() {
    switch (random.nextInt(5)) {
      case 0 -> assertThat(repository.maintenance().rebuildIndex((s, d, t) -> {})).isEmpty();
      case 1 -> {
        repository.close();
        reopen(blobs);
      }
      case 2 -> reopen(blobs.afterKill(written));
      case 3 -> changePassphrase();
      default -> reopen(blobs.afterPowerLoss(written));
    }
  }

  private void reopen(FaultyBlobStore left) {
    blobs = left;
    repository = open();
    assertThat(repository.findings()).isEmpty();
    assertThat(repository.manifests()).hasSize(contents.size());
  }
}
