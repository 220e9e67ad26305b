package dev.stillpoint.repository;

import static dev.stillpoint.repository.Samples.GRID;
import static dev.stillpoint.repository.Samples.backUp;
import static dev.stillpoint.repository.Samples.collect;
import static dev.stillpoint.repository.Samples.point;
import static dev.stillpoint.repository.Samples.read;
import static dev.stillpoint.repository.Samples.verifyAll;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.model.ByteCount;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Repositories of format version 1 that were made when it was frozen, on 2026-11-21: every later
 * version must read them. They lie in {@code src/test/resources/golden}; {@link #main} made them.
 */
class GoldenRepositoryTest {

  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-21T10:00:00Z"));
  private static final String PASSPHRASE = "correct horse battery staple";
  private static final Path RESOURCES = Path.of("src/test/resources/golden");

  @TempDir Path folder;

  @Test
  void readsWhatVersion1WroteWithoutEncryption() throws IOException {
    copy(RESOURCES.resolve("v1-plain"), folder);
    try (Repository repository = Repository.open(folder, CLOCK)) {
      assertContents(repository);
    }
  }

  @Test
  void readsWhatVersion1WroteEncrypted() throws IOException {
    copy(RESOURCES.resolve("v1-encrypted"), folder);
    try (Passphrase passphrase = Passphrase.of(PASSPHRASE.toCharArray());
        Repository repository = Repository.open(folder, CLOCK, passphrase)) {
      assertContents(repository);
    }
  }

  @Test
  void writesIntoAndCollectsWhatVersion1Wrote() throws IOException {
    copy(RESOURCES.resolve("v1-plain"), folder);
    try (Repository repository = Repository.open(folder, CLOCK)) {
      Manifest again = backUp(repository, "again", firstDisk());
      assertThat(again.images().get(0).storedBytes()).isEqualTo(ByteCount.ZERO);
      repository.expire(point("first"));
      collect(repository);
      assertThat(verifyAll(repository).problems()).isEmpty();
      assertThat(read(repository, "again")).isEqualTo(firstDisk());
      assertThat(read(repository, "second")).isEqualTo(secondDisk());
    }
  }

  private static void assertContents(Repository repository) throws IOException {
    assertThat(repository.findings()).isEmpty();
    assertThat(repository.manifests())
        .extracting(manifest -> manifest.id().value())
        .containsExactlyInAnyOrder("first", "second");
    Manifest second = repository.manifest(point("second")).orElseThrow();
    assertThat(second.labels()).isEqualTo(Map.of("vm", "büro 1"));
    assertThat(second.document()).isEqualTo("{\"cpus\":4}");
    assertThat(read(repository, "first")).isEqualTo(firstDisk());
    assertThat(read(repository, "second")).isEqualTo(secondDisk());
    assertThat(read(repository, "second", "media.iso")).isEqualTo(stream());
    assertThat(verifyAll(repository).problems()).isEmpty();
  }

  private static byte[] firstDisk() {
    byte[] disk = new byte[9 * GRID + 1000];
    words(1, disk, 0, 3 * GRID);
    words(2, disk, 5 * GRID, disk.length);
    return disk;
  }

  private static byte[] secondDisk() {
    byte[] disk = Arrays.copyOf(firstDisk(), 12 * GRID);
    words(3, disk, 2 * GRID, 3 * GRID);
    Arrays.fill(disk, 5 * GRID, 6 * GRID, (byte) 0);
    return disk;
  }

  private static byte[] stream() {
    byte[] stream = new byte[333_333];
    words(4, stream, 0, stream.length);
    return stream;
  }

  /** Text that compresses well; the generator is part of the Java specification. */
  private static void words(long seed, byte[] into, int from, int to) {
    Random random = new Random(seed);
    for (int i = from; i < to; i += 4) {
      int word = random.nextInt(40);
      for (int j = i; j < Math.min(i + 4, to); j++) {
        into[j] = (byte) ('a' + (word + j - i) % 26);
      }
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.walk(from)) {
      files = found.filter(Files::isRegularFile).toList();
    }
    assertThat(files).hasSizeGreaterThan(4);
    for (Path file : files) {
      Path target = to.resolve(from.relativize(file));
      Files.createDirectories(target.getParent());
      Files.copy(file, target);
    }
  }

  private static void write(Repository repository) throws IOException {
    byte[] first = firstDisk();
    backUp(repository, "first", first);
    byte[] second = secondDisk();
    try (PointWriter point = repository.startPoint(point("second"))) {
      ImageRef base = new ImageRef(point("first"), "disk");
      try (ImageWriter image = point.startImage("disk", ByteCount.ofBytes(second.length), base)) {
        image.write(2 * GRID, ByteBuffer.wrap(second, 2 * GRID, GRID));
        image.write(5 * GRID, ByteBuffer.wrap(second, 5 * GRID, GRID));
        image.finish();
      }
      try (StreamWriter media = point.startStream("media.iso")) {
        media.write(stream());
        media.finish();
      }
      point.commit(Map.of("vm", "büro 1"), "{\"cpus\":4}");
    }
  }

  /** Makes the golden repositories anew; only ever for a new version, beside the old. */
  public static void main(String[] arguments) throws IOException {
    Path target = Path.of(arguments[0]);
    try (Repository plain = Repository.create(target.resolve("v1-plain"), CLOCK)) {
      write(plain);
    }
    try (Passphrase passphrase = Passphrase.of(PASSPHRASE.toCharArray());
        Repository encrypted =
            Repository.create(
                target.resolve("v1-encrypted"), CLOCK, RepositoryOptions.standard(), passphrase)) {
      write(encrypted);
    }
  }
}
