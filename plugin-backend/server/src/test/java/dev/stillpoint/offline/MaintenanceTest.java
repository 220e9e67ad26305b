package dev.stillpoint.offline;

import static dev.stillpoint.offline.Images.GRID;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaintenanceTest {

  @TempDir private Path directory;
  private Shell shell;
  private Path first;
  private Path second;

  @BeforeEach
  void makeRepository() throws IOException {
    shell = new Shell(directory);
    shell.ok("init", "--reserve=none");
    first = Images.noise(shell.path("first.img"), 1, 40 * GRID);
    second = Images.noise(shell.path("second.img"), 2, 40 * GRID);
  }

  private void assertExports(String point, Path expected) throws IOException {
    shell.ok("export", point, shell.path("out"), "--force");
    assertThat(Files.mismatch(shell.path("out"), expected)).isEqualTo(-1);
  }

  @Test
  void givesBackTheSpaceOfWhatIsForgotten() throws IOException {
    String gone = shell.imported(first);
    String kept = shell.imported(second);
    shell.ok("expire", gone);
    JsonNode plan = shell.json("collect", "--dry-run");
    assertThat(plan.path("dryRun").asBoolean()).isTrue();
    assertThat(shell.json("collect").path("bytesBefore").asLong()).isGreaterThan(80L * GRID);
    JsonNode again = shell.json("collect");
    assertThat(again.path("bytesAfter").asLong()).isBetween(40L * GRID, 60L * GRID);
    assertExports(kept, second);
    assertThat(shell.json("verify").path("ok").asBoolean()).isTrue();
    assertExports(shell.imported(first), first);
  }

  @Test
  void tellsHowMuchEachVmTakesAloneAndWithOthers() throws IOException {
    assertThat(shell.ok("usage")).contains("known after the first collection");
    shell.imported(first);
    shell.ok("import", second.toString(), "--vm=büro 1");
    Path both = Images.noise(shell.path("both.img"), 1, 40 * GRID);
    Images.overwrite(both, 9, 0, 20 * GRID);
    shell.ok("import", both.toString(), "--vm=clone");
    shell.ok("collect");
    JsonNode usage = shell.json("usage");
    assertThat(usage.path("bytesReclaimable").asLong()).isZero();
    assertThat(usage.path("vms")).hasSize(3);
    JsonNode largest = usage.path("vms").path(0);
    assertThat(largest.path("vm").asText()).isEqualTo("büro 1");
    assertThat(largest.path("bytesUnique").asLong()).isBetween(40L * GRID, 42L * GRID);
    assertThat(largest.path("bytesShared").asLong()).isZero();
    assertThat(usage.path("vms").path(1).path("bytesShared").asLong())
        .isBetween(20L * GRID, 22L * GRID);
    assertThat(shell.ok("usage")).contains("ALONE").contains("büro 1").contains("as of");
  }

  @Test
  void verifiesASample() {
    shell.imported(first);
    JsonNode all = shell.json("verify");
    assertThat(all.path("chunksChecked").asLong()).isEqualTo(40);
    JsonNode some = shell.json("verify", "--sample=30");
    assertThat(some.path("samplePercent").asInt()).isEqualTo(30);
    assertThat(some.path("chunksChecked").asLong()).isBetween(1L, 39L);
    shell.refused(2, "0 percent", "verify", "--sample=0");
    shell.refused(2, "101 percent", "verify", "--sample=101");
    shell.refused(2, "--sample", "verify", "--sample=half");
  }

  @Test
  void makesTheIndexAgainFromThePacks() throws IOException {
    String point = shell.imported(first);
    try (Stream<Path> runs = Files.list(shell.repository().resolve("index"))) {
      for (Path run : runs.filter(Files::isRegularFile).toList()) {
        Images.overwrite(run, 9, Files.size(run) / 2, 10);
      }
    }
    shell.run("rebuild-index");
    shell.ok("rebuild-index");
    assertExports(point, first);
    assertThat(shell.json("verify").path("ok").asBoolean()).isTrue();
  }

  @Test
  void collectsNothingWhenAPointCannotBeRead() throws IOException {
    shell.imported(first);
    shell.ok("expire", shell.imported(second));
    try (Stream<Path> points = Files.list(shell.repository().resolve("points"))) {
      Images.write(points.findFirst().orElseThrow(), 100, new byte[] {1});
    }
    assertThat(shell.run("collect")).isEqualTo(9);
    assertThat(shell.err()).contains("damaged");
  }

  @Test
  void showsProgressOnATerminal() {
    shell.imported(first);
    shell.columns(80);
    assertThat(shell.run("verify")).isZero();
    assertThat(shell.err()).contains("verify [").endsWith("\r\u001b[2K");
  }
}
