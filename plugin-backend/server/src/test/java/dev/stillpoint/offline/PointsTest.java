package dev.stillpoint.offline;

import static dev.stillpoint.offline.Images.GRID;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.ByteRange;
import dev.stillpoint.model.RestorePointId;
import dev.stillpoint.repository.ImageWriter;
import dev.stillpoint.repository.PointWriter;
import dev.stillpoint.repository.Repository;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PointsTest {

  @TempDir private Path directory;
  private Shell shell;
  private Path image;

  @BeforeEach
  void makeRepository() throws IOException {
    shell = new Shell(directory);
    shell.ok("init", "--reserve=none");
    image = Images.noise(shell.path("disk.img"), 1, 20 * GRID);
  }

  /** As a server keeps a VM: several disks, by their ids, and labels of its own. */
  private void serverBacksUp(String point, String... disks) {
    try (Repository repository = Repository.open(shell.repository(), InstantSource.system());
        PointWriter writer = repository.startPoint(new RestorePointId(point))) {
      for (String disk : disks) {
        try (ImageWriter writing = writer.startImage(disk, ByteCount.ofBytes(2 * GRID))) {
          writing.write(0, ByteBuffer.wrap(disk.repeat(GRID).getBytes(UTF_8), 0, GRID));
          writing.finish();
        }
      }
      writer.commit(
          Map.of("site", "s", "vm", "4711", "vmName", "db01", "time", "2026-11-20T22:00:00Z"),
          "{}");
    }
  }

  @Test
  void listsImportedPointsAndThoseOfAServer() {
    String point = shell.imported(image);
    serverBacksUp("0b1c", "d1", "d2");
    assertThat(shell.ok("list").lines().toList())
        .hasSize(3)
        .anyMatch(line -> line.matches(point + "  web01 +2026-11-21 09:30:02 \\+01:00 .*disk.img"))
        .anyMatch(line -> line.matches("0b1c +db01 +2026-11-20 23:00:00 \\+01:00 .*d1, d2"));
    JsonNode items = shell.json("list").path("items");
    assertThat(items.findValuesAsText("vm")).containsExactlyInAnyOrder("web01", "db01");
    JsonNode server = items.path(items.path(0).path("id").asText().equals("0b1c") ? 0 : 1);
    assertThat(server.path("time").asText()).isEqualTo("2026-11-20T22:00:00Z");
    assertThat(server.path("bytesVirtual").asLong()).isEqualTo(4 * GRID);
    assertThat(server.path("bytesData").asLong()).isEqualTo(2 * GRID);
    assertThat(server.path("disks")).hasSize(2);
  }

  @Test
  void listsNothingInAnEmptyRepository() {
    assertThat(shell.ok("list").lines()).hasSize(1);
    assertThat(shell.json("list").path("items")).isEmpty();
  }

  @Test
  void namesADamagedManifestAndListsTheOthers() throws IOException {
    String point = shell.imported(image);
    shell.imported(image);
    Path points = shell.repository().resolve("points");
    Path damaged;
    try (var manifests = Files.list(points)) {
      damaged = manifests.filter(file -> !contains(file, point)).findFirst().orElseThrow();
    }
    Images.write(damaged, 100, new byte[] {1});
    assertThat(shell.run("list")).isEqualTo(9);
    assertThat(shell.out()).contains(point);
    assertThat(shell.err()).contains(damaged.getFileName().toString()).contains("damaged");
    assertThat(shell.run("verify")).isEqualTo(9);
  }

  private static boolean contains(Path file, String text) {
    try {
      return Files.readString(file).contains(text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void asksWhichDiskWhereThereAreSeveral() {
    serverBacksUp("0b1c", "d1", "d2");
    shell.refused(2, "2 disks, and none was named", "export", "0b1c", shell.path("o"));
    assertThat(shell.err()).contains("0b1c/d1, 0b1c/d2");
    shell.ok("export", "latest:db01/d2", shell.path("o"));
    shell.ok("export", "latest:4711/d2", shell.path("p"));
    assertThat(shell.path("o")).hasSameBinaryContentAs(shell.path("p"));
  }

  @Test
  void exportsHolesAsHoles() throws Exception {
    Path sparse =
        Images.sparse(shell.path("s.img"), 1, 3L << 30, new ByteRange(1L << 30, 2 * GRID));
    String point = shell.imported(sparse);
    JsonNode made = shell.json("export", point, shell.path("o"));
    assertThat(made.path("bytesVirtual").asLong()).isEqualTo(3L << 30);
    assertThat(made.path("bytesWritten").asLong()).isEqualTo(2 * GRID);
    assertThat(Files.size(shell.path("o"))).isEqualTo(3L << 30);
    assertThat(blocks(shell.path("o"))).isLessThanOrEqualTo(4L * GRID / 512);
  }

  private static long blocks(Path file) throws Exception {
    Process stat = new ProcessBuilder("stat", "-c", "%b", file.toString()).start();
    return Long.parseLong(new String(stat.getInputStream().readAllBytes(), UTF_8).strip());
  }

  @Test
  void replacesAFileOnlyWhenToldTo() throws IOException {
    String point = shell.imported(image);
    Path there = Files.writeString(shell.path("there"), "precious");
    shell.refused(4, "exists already", "export", point, there);
    shell.ok("export", point, there, "--force");
    assertThat(there).hasSameBinaryContentAs(image);
  }

  @Test
  void writesABlockDeviceInPlaceAndItsZeroesToo() throws Exception {
    Path backing = Images.noise(shell.path("backing"), 7, 40 * GRID);
    Process losetup = new ProcessBuilder("losetup", "-f", "--show", backing.toString()).start();
    String device = new String(losetup.getInputStream().readAllBytes(), UTF_8).strip();
    Assumptions.assumeTrue(losetup.waitFor() == 0, "no loop device can be made here");
    try {
      Path sparse =
          Images.sparse(shell.path("s.img"), 1, 30 * GRID, new ByteRange(4 * GRID, 2 * GRID));
      String point = shell.imported(sparse);
      shell.refused(4, "exists already", "export", point, device);
      shell.ok("export", point, device, "--force");
      String read = shell.imported(Path.of(device), "--disk", "dev");
      Images.resize(sparse, 40 * GRID);
      byte[] tail = Files.readAllBytes(Images.noise(shell.path("again"), 7, 40 * GRID));
      Images.write(sparse, 30 * GRID, Arrays.copyOfRange(tail, 30 * GRID, 40 * GRID));
      shell.ok("export", read, shell.path("o"));
      assertThat(shell.path("o")).hasSameBinaryContentAs(sparse);
      Images.resize(sparse, 41 * GRID);
      shell.refused(7, "has 2621440 bytes", "export", shell.imported(sparse), device, "--force");
    } finally {
      new ProcessBuilder("losetup", "-d", device).start().waitFor(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void comparesByExitCodeAndTellsWhere() throws IOException {
    String first = shell.imported(image);
    String same = shell.imported(image);
    Images.overwrite(image, 3, 5 * GRID + 9, 2);
    String other = shell.imported(image);
    assertThat(shell.ok("compare", first, same)).contains("equal");
    assertThat(shell.run("compare", first, other)).isEqualTo(1);
    assertThat(shell.out()).contains("327680   65536  disk.img").contains("64.0 KiB");
    assertThat(shell.run("compare", first, other, "--json")).isEqualTo(1);
    JsonNode difference = Shell.parsed(shell.out());
    assertThat(difference.path("equal").asBoolean()).isFalse();
    assertThat(difference.path("bytesDiffering").asLong()).isEqualTo(GRID);
    // The ranges are a changed list: what is imported with them equals.
    Path list = Files.writeString(shell.path("list"), difference.at("/disks/0/ranges").toString());
    String again = shell.imported(image, "--previous", first, "--changed", list);
    shell.ok("compare", again, other);
  }

  @Test
  void comparesDisksByTheirNames() {
    serverBacksUp("p1", "d1", "d2");
    serverBacksUp("p2", "d2", "d1");
    serverBacksUp("p3", "d1");
    shell.ok("compare", "p1", "p2");
    shell.ok("compare", "p1/d1", "p3");
    assertThat(shell.run("compare", "p1/d1", "p1/d2")).isEqualTo(1);
    shell.refused(4, "'d2' of p1 has no counterpart in p3", "compare", "p1", "p3");
    shell.refused(4, "'d2' of p1 has no counterpart in p3", "compare", "p3", "p1");
  }

  @Test
  void forgetsAllThatAreNamedOrNone() {
    String first = shell.imported(image);
    String second = shell.imported(image);
    String third = shell.imported(image);
    shell.refused(3, "nix", "expire", first, "nix");
    assertThat(shell.json("list").path("items")).hasSize(3);
    assertThat(shell.json("expire", first, third, first).path("expired")).hasSize(2);
    assertThat(shell.json("list").path("items").findValuesAsText("id")).isEqualTo(List.of(second));
    assertThat(shell.json("verify").path("ok").asBoolean()).isTrue();
  }
}
