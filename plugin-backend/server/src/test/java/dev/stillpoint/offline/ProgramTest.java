package dev.stillpoint.offline;

import static dev.stillpoint.offline.Images.GRID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stillpoint.offline.Program.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as it is installed: its script, its process, its signals. */
class ProgramTest {

  private static final int SIGINT = 2;

  @TempDir private Path directory;
  private Program program;
  private Shell shell;

  @BeforeEach
  void install() throws IOException {
    program = new Program(directory.resolve("home"));
    shell = new Shell(directory);
  }

  @Test
  void doesTheMainJobAndKeepsStandardOutputClean() throws Exception {
    Path image = Images.noise(shell.path("größe 日.img"), 1, 30 * GRID + 5);
    Ended made = program.run("init", shell.repository(), "--reserve=none");
    assertThat(made.code()).as(made.err()).isZero();
    Ended imported = program.run("import", shell.repository(), image, "--vm", "büro 1");
    assertThat(imported.code()).as(imported.err()).isZero();
    assertThat(imported.err()).isEmpty();
    String point = imported.out().lines().reduce((first, last) -> last).orElseThrow();
    Ended list = program.run("list", shell.repository(), "--json");
    assertThat(list.err()).isEmpty();
    assertThat(Shell.parsed(list.out()).at("/items/0/vm").asText()).isEqualTo("büro 1");
    assertThat(Shell.parsed(list.out()).at("/items/0/id").asText()).isEqualTo(point);
    Path copy = shell.path("copy");
    Ended exported = program.run("export", shell.repository(), point + "/größe 日.img", copy);
    assertThat(exported.code()).as(exported.err()).isZero();
    assertThat(Files.mismatch(copy, image)).isEqualTo(-1);
  }

  @Test
  void ignoresAClassArchiveThatIsNotOfThisJava() throws Exception {
    Files.writeString(directory.resolve("home/lib/stillpoint.jsa"), "of another Java");
    Ended made = program.run("init", shell.repository(), "--reserve=none");
    assertThat(made.code()).as(made.err()).isZero();
    assertThat(made.err()).isEmpty();
  }

  @Test
  void saysWhatIsWrongOnStandardErrorOnly() throws Exception {
    Ended ended = program.run("list", shell.path("nowhere"));
    assertThat(ended.code()).isEqualTo(3);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).startsWith("stillpoint: ").contains("not a Stillpoint repository");
    assertThat(ended.err().lines()).hasSizeBetween(1, 2);
  }

  @Test
  void refusesARepositoryThatAnotherProcessHasOpen() throws Exception {
    shell.ok("init", "--reserve=none");
    Path image = Images.noise(shell.path("disk.img"), 1, GRID);
    String point = shell.imported(image);
    Process serving = program.start("serve", shell.repository(), point, "--nbd=127.0.0.1:0");
    try {
      while (serving.isAlive() && !program.saidSoFar().contains("until Ctrl-C")) {
        Thread.sleep(20);
      }
      assertThat(shell.run("list")).isEqualTo(4);
      assertThat(shell.err()).contains("open already");
    } finally {
      serving.destroy();
      serving.waitFor();
    }
    shell.ok("list");
  }

  @Test
  void endsInOrderWhenItIsInterrupted() throws Exception {
    assumeTrue(interruptsAreHeeded(), "what was started here ignores SIGINT, as below nohup or &");
    shell.ok("init", "--reserve=none");
    Path image = Images.noise(shell.path("disk.img"), 1, 800 << 20);
    Process importing = program.start("import", shell.repository(), image, "--vm=web01");
    interruptAtItsFirstPack(importing);
    Ended ended = program.end(importing);
    assertThat(ended.code()).as(ended.err()).isEqualTo(130);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).contains("Interrupted");
    assertThat(shell.json("list").path("items")).isEmpty();
    assertThat(shell.repository().resolve("tmp")).isEmptyDirectory();
  }

  private static boolean interruptsAreHeeded() throws IOException {
    String ignored =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .map(line -> line.substring("SigIgn:".length()).strip())
            .findFirst()
            .orElse("0");
    return (Long.parseUnsignedLong(ignored, 16) & 1 << (SIGINT - 1)) == 0;
  }

  /** By a process that waits already: to start one takes longer than a fast machine needs. */
  private void interruptAtItsFirstPack(Process importing) throws Exception {
    String wait = "until [ -n \"$(ls -A \"$1\" 2>/dev/null)\" ]; do sleep 0.01; done; kill -INT $2";
    Path packs = shell.repository().resolve("packs");
    String pid = String.valueOf(importing.pid());
    Process waiting = new ProcessBuilder("sh", "-c", wait, "sh", packs.toString(), pid).start();
    try {
      assertThat(waiting.waitFor(60, TimeUnit.SECONDS)).as("a pack was begun").isTrue();
    } finally {
      waiting.destroy();
    }
  }
}
