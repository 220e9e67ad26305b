package dev.stillpoint.offline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReserveTest {

  @TempDir private Path directory;
  private Shell shell;

  @BeforeEach
  void start() {
    shell = new Shell(directory);
  }

  @Test
  void endsInOrderWhenTheReserveIsFullAndGoesOnAfterAResize() throws IOException {
    assertThat(shell.json("init", "--reserve=160MiB").path("bytesReserve").asLong())
        .isEqualTo(160L << 20);
    Path small = Images.noise(shell.path("small.img"), 1, 10 << 20);
    String point = shell.imported(small);
    Path large = Images.noise(shell.path("large.img"), 2, 200 << 20);
    shell.refused(7, "", "import", large, "--vm=web01");
    assertThat(shell.json("list").path("items")).hasSize(1);
    shell.ok("export", point, shell.path("out"));
    assertThat(Files.mismatch(shell.path("out"), small)).isEqualTo(-1);
    JsonNode resized = shell.json("resize", "600MiB");
    assertThat(resized.path("bytesReserve").asLong()).isEqualTo(600L << 20);
    assertThat(resized.path("bytesFree").asLong()).isGreaterThan(300L << 20);
    String second = shell.imported(large);
    shell.ok("export", second, shell.path("out"), "--force");
    assertThat(Files.mismatch(shell.path("out"), large)).isEqualTo(-1);
    shell.refused(4, "", "resize", "1MiB");
  }

  @Test
  void refusesWhatTheDiskHasNot() {
    shell.refused(7, "", "init", "--reserve=9000TiB");
    assertThat(shell.repository().resolve("stillpoint-repository")).doesNotExist();
    shell.refused(2, "'much' is not a size", "init", "--reserve=much");
    shell.ok("init", "--reserve=none");
    shell.refused(7, "", "resize", "9000TiB");
    shell.refused(2, "'20GB' is not a size", "resize", "20GB");
  }
}
