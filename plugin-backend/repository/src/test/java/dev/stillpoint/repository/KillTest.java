package dev.stillpoint.repository;

import static dev.stillpoint.repository.Samples.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.model.Cancellation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Laws 1 and 2 with a real process, a real directory and a real {@code kill -9}. */
class KillTest {

  private static final int ROUNDS = 6;

  @TempDir private Path parent;

  @Test
  void keepsEveryCommittedPointWhenTheProcessIsKilled() throws Exception {
    Path directory = parent.resolve("repository");
    Repository.create(directory, InstantSource.system()).close();
    Random random = new Random(1);
    for (int round = 1; round <= ROUNDS; round++) {
      Process child = ChildWriter.start(directory, 1000L * round);
      int before = committed(directory).size();
      while (committed(directory).size() < before + 2) {
        assertThat(child.isAlive()).isTrue();
        Thread.sleep(5);
      }
      Thread.sleep(random.nextInt(60));
      child.destroyForcibly().waitFor();
      check(directory);
    }
  }

  private static void check(Path directory) throws IOException {
    List<Long> committed = committed(directory);
    try (Repository repository = Repository.open(directory, InstantSource.system())) {
      assertThat(repository.findings()).isEmpty();
      for (long seed : committed.subList(Math.max(0, committed.size() - 8), committed.size())) {
        assertThat(read(repository, "seed-" + seed)).isEqualTo(ChildWriter.disk(seed));
      }
      List<Manifest> manifests = repository.manifests();
      // The last one may have been committed and not noted.
      assertThat(manifests.size()).isGreaterThanOrEqualTo(committed.size());
      for (Manifest manifest : manifests) {
        assertThat(repository.verify(manifest.id(), new Cancellation()).problems()).isEmpty();
      }
    }
  }

  private static List<Long> committed(Path directory) throws IOException {
    Path file = ChildWriter.committedFile(directory);
    if (!Files.exists(file)) {
      return List.of();
    }
    return Files.readAllLines(file).stream()
        .filter(line -> line.endsWith("]"))
        .map(line -> Long.parseLong(line.substring(1, line.length() - 1)))
        .toList();
  }
}
