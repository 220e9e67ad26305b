package dev.stillpoint.offline;

import static dev.stillpoint.offline.Images.GRID;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stillpoint.model.ByteRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImportTest {

  @TempDir private Path directory;
  private Shell shell;
  private Path image;

  @BeforeEach
  void makeRepository() throws IOException {
    shell = new Shell(directory);
    shell.ok("init", "--reserve=none");
    image = Images.noise(shell.path("disk.img"), 1, 40 * GRID);
  }

  private void assertExports(String point, Path expected) throws IOException {
    Path exported = shell.path("exported.img");
    shell.ok("export", point, exported, "--force");
    assertThat(Files.mismatch(exported, expected)).isEqualTo(-1);
  }

  private Path changed(String json) throws IOException {
    return Files.writeString(shell.path("changed.json"), json);
  }

  @Test
  void printsTheNewPointsIdAsTheLastLine() throws IOException {
    String point = shell.imported(image);
    assertThat(point).matches("20261121T083002-[0-9a-z]{5}");
    assertThat(shell.out()).contains("disk.img of web01");
    assertExports(point, image);
  }

  @Test
  void tellsAmountsAsJson() {
    JsonNode made = shell.json("import", image, "--vm", "web01", "--disk", "sda");
    assertThat(made.path("point").asText()).isNotEmpty();
    assertThat(made.path("disk").asText()).isEqualTo("sda");
    assertThat(made.path("bytesVirtual").asLong()).isEqualTo(40 * GRID);
    assertThat(made.path("bytesRead").asLong()).isEqualTo(40 * GRID);
    assertThat(made.path("bytesStored").asLong()).isGreaterThan(40 * GRID);
    assertThat(made.path("seconds").isNumber()).isTrue();
  }

  @Test
  void skipsHoles() throws IOException {
    Path sparse =
        Images.sparse(
            shell.path("sparse.img"), 1, 5L << 30, new ByteRange(1000L * GRID + 7, 3 * GRID));
    JsonNode made = shell.json("import", sparse, "--vm", "web01");
    assertThat(made.path("bytesVirtual").asLong()).isEqualTo(5L << 30);
    assertThat(made.path("bytesRead").asLong()).isBetween(3L * GRID, 6L * GRID);
  }

  @Test
  void storesNothingTwice() throws IOException {
    shell.imported(image);
    JsonNode again = shell.json("import", image, "--vm", "web01", "--previous", "latest:web01");
    assertThat(again.path("bytesRead").asLong()).isEqualTo(40 * GRID);
    assertThat(again.path("bytesStored").asLong()).isZero();
    Images.overwrite(image, 2, 7 * GRID, GRID);
    JsonNode third = shell.json("import", image, "--vm", "web01");
    assertThat(third.path("bytesStored").asLong()).isBetween((long) GRID, 2L * GRID);
    assertExports(third.path("point").asText(), image);
  }

  @Test
  void readsOnlyWhatTheListNames() throws IOException {
    String previous = shell.imported(image);
    Images.overwrite(image, 2, 3 * GRID - 10, 20);
    Images.overwrite(image, 3, 20 * GRID, GRID);
    Images.overwrite(image, 4, 30 * GRID, GRID);
    // Unordered, overlapping, off the grid, empty, with a field of somebody else's; 30 is left out.
    Path list =
        changed(
            """
            [{"start":%d,"length":%d,"zero":false}, {"start":%d,"length":20},
             {"length":5,"start":%d,"more":{"deep":[1]}}, {"start":7,"length":0}]"""
                .formatted(20 * GRID, GRID, 3 * GRID - 10, 20 * GRID + 100));
    JsonNode made =
        shell.json("import", image, "--vm", "web01", "--previous", previous, "--changed", list);
    assertThat(made.path("bytesRead").asLong()).isEqualTo(3 * GRID);
    Path expected = Files.copy(image, shell.path("expected.img"));
    byte[] before = Files.readAllBytes(Images.noise(shell.path("before.img"), 1, 40 * GRID));
    Images.write(expected, 30 * GRID, Arrays.copyOfRange(before, 30 * GRID, 31 * GRID));
    assertExports(made.path("point").asText(), expected);
  }

  @Test
  void makesHolesOfHolesThatTheListNames() throws IOException {
    Path sparse =
        Images.sparse(shell.path("s.img"), 1, 100 * GRID, new ByteRange(10 * GRID, 20 * GRID));
    String previous = shell.imported(sparse);
    Files.delete(sparse);
    Images.sparse(sparse, 1, 100 * GRID, new ByteRange(10 * GRID, 10 * GRID));
    Path list = changed("[{\"start\":0,\"length\":" + 100 * GRID + "}]");
    JsonNode made =
        shell.json("import", sparse, "--vm", "web01", "--previous", previous, "--changed", list);
    assertThat(made.path("bytesRead").asLong()).isEqualTo(10 * GRID);
    assertExports(made.path("point").asText(), sparse);
  }

  @ParameterizedTest
  @ValueSource(longs = {41 * GRID, 60 * GRID + 13, 39 * GRID, 17 * GRID + 1, 0})
  void takesAnImageThatWasGrownOrShrunk(long size) throws IOException {
    String previous = shell.imported(image);
    Images.resize(image, size);
    if (size > 41 * GRID) {
      // Not in the list: it may have been made before the disk was grown.
      Images.overwrite(image, 5, size - 2 * GRID, GRID);
    }
    String point = shell.imported(image, "--previous", previous, "--changed", changed("[]"));
    assertExports(point, image);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 511, 65_535, 65_536, 65_537, (4 << 20) + 1})
  void takesAnImageOfAnySize(long size) throws IOException {
    Path odd = Images.noise(shell.path("odd.img"), 6, (int) size);
    assertExports(shell.imported(odd), odd);
  }

  @ParameterizedTest
  @ValueSource(strings = {"with space", "größe.img", "a/b", "new\nline", "-dash", "日本", "'\"$x"})
  void takesOddNames(String name) throws IOException {
    String point =
        shell
            .ok("import", image, "--vm=" + name, "--disk=" + name)
            .lines()
            .reduce((first, last) -> last)
            .orElseThrow();
    JsonNode item = shell.json("list").path("items").path(0);
    assertThat(item.path("vm").asText()).isEqualTo(name);
    assertThat(item.path("disks").path(0).path("name").asText()).isEqualTo(name);
    assertExports(point + "/" + name, image);
  }

  @ParameterizedTest
  @ValueSource(strings = {"with space.img", "größe", "new\nline", "-dash"})
  void takesOddFileNames(String name) throws IOException {
    Path odd = Files.copy(image, shell.path(name));
    assertExports(shell.imported(odd), odd);
    assertThat(shell.json("list").at("/items/0/disks/0/name").asText()).isEqualTo(name);
  }

  @Test
  void findsThePreviousDiskByNameWhereThereIsOneOfIt() throws IOException {
    String previous = shell.imported(image, "--disk", "a/b");
    Images.overwrite(image, 2, 0, 10);
    Path list = changed("[{\"start\":0,\"length\":10}]");
    assertExports(shell.imported(image, "--previous", previous + "/a/b", "--changed", list), image);
    assertExports(shell.imported(image, "--previous", "latest:web01", "--changed", list), image);
    shell.refused(
        3,
        "no disk 'b'",
        "import",
        image,
        "--vm=web01",
        "--previous=" + previous + "/b",
        "--changed=" + list);
  }

  @Test
  void showsProgressOnATerminalOnly() {
    shell.columns(80);
    assertThat(shell.run("import", image, "--vm", "web01")).isZero();
    assertThat(shell.err()).contains("import [").endsWith("\r\u001b[2K");
    shell.columns(0);
    shell.imported(image);
  }

  @Test
  void keepsTheRepositoryUsableAfterCtrlC() throws Exception {
    String before = shell.imported(image);
    Path large = Images.noise(shell.path("large.img"), 9, 30 << 20);
    shell.columns(80);
    Thread[] interrupter = new Thread[1];
    shell.whenTheClockIsRead(
        () -> {
          if (interrupter[0] == null && shell.listensToInterrupts()) {
            interrupter[0] = new Thread(shell::interrupt);
            interrupter[0].start();
            // Until the hook has told the work to stop; it then waits for the work's end, for a
            // time.
            while (interrupter[0].isAlive()
                && interrupter[0].getState() != Thread.State.TIMED_WAITING) {
              Thread.onSpinWait();
            }
          }
        });
    assertThat(shell.run("import", large, "--vm", "web01")).isEqualTo(1);
    interrupter[0].join();
    assertThat(shell.err()).contains("Interrupted");
    shell.columns(0).whenTheClockIsRead(() -> {});
    assertThat(shell.json("list").path("items")).hasSize(1);
    assertExports(before, image);
    assertExports(shell.imported(large), large);
  }
}
