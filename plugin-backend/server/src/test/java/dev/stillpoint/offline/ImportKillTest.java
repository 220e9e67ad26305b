package dev.stillpoint.offline;

import static dev.stillpoint.offline.Images.GRID;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Law 2 on the real process: {@code kill -9} at any moment of an import loses nothing that was
 * visible. {@code -Dstillpoint.soak.seconds=3600} makes it long.
 */
class ImportKillTest {

  private static final Duration LONG =
      Duration.ofSeconds(Integer.getInteger("stillpoint.soak.seconds", 12));

  @TempDir private Path directory;
  private final Random random = new Random();
  private Program program;
  private Shell shell;

  @BeforeEach
  void makeRepository() throws IOException {
    program = new Program(directory.resolve("home"));
    shell = new Shell(directory);
    shell.ok("init", "--reserve=none");
  }

  @Test
  void losesNothingThatWasVisible() throws Exception {
    Path image = Images.noise(shell.path("disk.img"), random.nextLong(), 200 * GRID);
    Path first = Files.copy(image, shell.path("first.img"));
    String point = shell.imported(image);
    long started = System.nanoTime();
    long whole = timeOfAnImport(image);
    int points = 2;
    while (System.nanoTime() - started < LONG.toNanos()) {
      Images.overwrite(image, random.nextLong(), (long) random.nextInt(100) * GRID, 100 * GRID);
      Process importing = program.start("import", shell.repository(), image, "--vm=web01");
      boolean ended = importing.waitFor(random.nextLong(whole + whole / 4), TimeUnit.NANOSECONDS);
      importing.destroyForcibly();
      assertThat(program.end(importing).code()).isIn(0, 137);
      int now = requireAllSound();
      assertThat(now).isBetween(points + (ended ? 1 : 0), points + 1);
      points = now;
    }
    shell.ok("export", point, shell.path("out.img"));
    assertThat(Files.mismatch(shell.path("out.img"), first)).isEqualTo(-1);
    String last = shell.imported(image);
    shell.ok("export", last, shell.path("out.img"), "--force");
    assertThat(Files.mismatch(shell.path("out.img"), image)).isEqualTo(-1);
  }

  private long timeOfAnImport(Path image) throws Exception {
    long started = System.nanoTime();
    assertThat(program.run("import", shell.repository(), image, "--vm=web01").code()).isZero();
    return System.nanoTime() - started;
  }

  /** How many points there are. */
  private int requireAllSound() {
    JsonNode verified = shell.json("verify");
    assertThat(verified.path("ok").asBoolean()).as("%s", verified).isTrue();
    return verified.path("points").asInt();
  }
}
