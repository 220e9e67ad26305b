package dev.stillpoint.offline;

import static dev.stillpoint.offline.Images.GRID;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.repository.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each ends with its exit code and a sentence, and loses nothing. */
class BadInputTest {

  @TempDir private Path directory;
  private Shell shell;
  private Path image;
  private String point;

  @BeforeEach
  void importOnce() throws IOException {
    shell = new Shell(directory);
    shell.ok("init", "--reserve=none");
    image = Images.noise(shell.path("disk.img"), 1, 40 * GRID);
    point = shell.imported(image);
  }

  /** The point is there, sound, and the only one. */
  private void assertNothingLost() {
    assertThat(shell.json("list").path("items")).hasSize(1);
    assertThat(shell.json("verify").path("ok").asBoolean()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"list", "verify", "expire x", "export x y", "compare x y", "import disk.img --vm=v"})
  void whatIsNoRepository(String command) throws IOException {
    String[] words = command.replace("disk.img", image.toString()).split(" ");
    Path other = Files.createDirectory(shell.path("other"));
    for (String there : new String[] {other.toString(), shell.path("nowhere").toString()}) {
      String[] arguments =
          Stream.concat(Stream.of("repository", words[0], there), Stream.of(words).skip(1))
              .toArray(String[]::new);
      assertThat(shell.runAnything(arguments)).isEqualTo(3);
      assertThat(shell.err()).contains(there).contains("not a Stillpoint repository");
    }
    assertThat(other).isEmptyDirectory();
  }

  @Test
  void aVersionThatIsNotKnown() throws Exception {
    Path file = shell.repository().resolve("stillpoint-repository");
    String text = Files.readString(file);
    String document = text.substring(text.indexOf('\n') + 1);
    String line = "stillpoint-repository 99";
    Files.writeString(file, line + " " + sha256(line + "\n" + document) + "\n" + document);
    shell.refused(4, "99", "list");
    Files.writeString(file, text);
    assertNothingLost();
  }

  private static String sha256(String text) throws GeneralSecurityException {
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
    return HexFormat.of().formatHex(hash);
  }

  @Test
  void aRepositoryThatIsOpenElsewhere() {
    try (Repository open = Repository.open(shell.repository(), InstantSource.system())) {
      shell.refused(4, "open already", "list");
      assertThat(open.manifests()).hasSize(1);
    }
    assertNothingLost();
  }

  @Test
  void aMissingPack() throws IOException {
    try (Stream<Path> packs = Files.list(shell.repository().resolve("packs"))) {
      for (Path pack : packs.toList()) {
        Files.delete(pack);
      }
    }
    Path file = shell.path("out.img");
    assertThat(shell.run("export", point, file)).isEqualTo(9);
    assertThat(file).doesNotExist();
    assertThat(shell.path(".")).isDirectoryNotContaining("glob:**.part");
    assertThat(shell.run("verify")).isEqualTo(9);
    assertThat(shell.out()).contains("CORRUPT").contains(point);
    // The next read of the same data heals it.
    String healed = shell.imported(image);
    shell.ok("export", healed, file);
    assertThat(Files.mismatch(file, image)).isEqualTo(-1);
  }

  @Test
  void nothingIsBuiltOnADamagedPoint() throws IOException {
    try (Stream<Path> packs = Files.list(shell.repository().resolve("packs"))) {
      for (Path pack : packs.toList()) {
        Images.overwrite(pack, 3, 5 * GRID, 2 * GRID);
      }
    }
    assertThat(shell.run("verify")).isEqualTo(9);
    Path list = Files.writeString(shell.path("list"), "[]");
    assertThat(shell.run("import", image, "--vm=v", "--previous=" + point, "--changed=" + list))
        .isEqualTo(9);
    assertThat(shell.err()).contains("damaged").contains("in full");
  }

  @Test
  void anImageThatShrinksWhileItIsRead() throws IOException {
    Path large = Images.noise(shell.path("large.img"), 2, 12 << 20);
    shell
        .columns(80)
        .whenTheClockIsRead(
            () -> {
              try {
                if (shell.listensToInterrupts()) {
                  Images.resize(large, 5 * GRID);
                }
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    assertThat(shell.run("import", large, "--vm=v")).isEqualTo(4);
    assertThat(shell.err())
        .contains("had 12582912 bytes when reading began")
        .contains("has 327680 now");
    shell.columns(0).whenTheClockIsRead(() -> {});
    assertNothingLost();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "[{\"start\":2621440,\"length\":1}]; entry 1",
        "[{\"start\":0,\"length\":1},{\"start\":1,\"length\":2621440}]; entry 2",
        "[{\"start\":9223372036854775807,\"length\":9223372036854775807}]; entry 1",
        "[{\"start\":99999999999999999999,\"length\":1}]; entry 1",
        "[{\"start\":-1,\"length\":1}]; entry 1 has the start -1",
        "[{\"start\":1,\"length\":-1}]; entry 1 has the length -1",
        "[{\"start\":1.5,\"length\":1}]; 1.5",
        "[{\"start\":\"1\",\"length\":1}]; entry 1",
        "[{\"start\":1}]; no length",
        "[{\"length\":1}]; no start",
        "[7]; entry 1 is no object",
        "[{\"start\":0,\"length\":1},7]; entry 2 is no object",
        "{\"start\":0,\"length\":1}; no JSON array",
        "[] []; behind the array",
        "[{\"start\":0,\"length\":1}; no JSON",
        "hello; no JSON",
        "''; no JSON array"
      })
  void aChangedListThatCannotBe(String json, String saying) throws IOException {
    Path list = Files.writeString(shell.path("list"), json);
    assertThat(shell.run("import", image, "--vm=v", "--previous=" + point, "--changed=" + list))
        .isEqualTo(2);
    assertThat(shell.err()).contains(saying).contains(list.toString());
    assertNothingLost();
  }

  @Test
  void aChangedListWithoutAPointItRefersTo() throws IOException {
    Path list = Files.writeString(shell.path("list"), "[]");
    shell.refused(2, "--previous", "import", image, "--vm=v", "--changed=" + list);
    shell.refused(3, "nix", "import", image, "--vm=v", "--changed=" + list, "--previous=nix");
    shell.refused(
        2, "nowhere", "import", image, "--vm=v", "--changed=/nowhere", "--previous=" + point);
    assertNothingLost();
  }

  @Test
  void anImageThatIsNone() throws IOException {
    shell.refused(2, "neither a file nor a block device", "import", directory, "--vm=v");
    shell.refused(2, "neither a file nor a block device", "import", "/dev/zero", "--vm=v");
    shell.refused(3, "/nowhere/x", "import", "/nowhere/x", "--vm=v");
    shell.refused(2, "--vm", "import", image);
    shell.refused(2, "VM's name is empty", "import", image, "--vm= ");
    assertNothingLost();
  }

  @Test
  void aPointThatIsNotThere() {
    shell.refused(3, "There is no restore point nix", "export", "nix", shell.path("o"));
    shell.refused(3, "There is no restore point a b", "export", "a b", shell.path("o"));
    shell.refused(3, "latest:nobody", "export", "latest:nobody", shell.path("o"));
    shell.refused(3, "no disk 'sdb'", "export", point + "/sdb", shell.path("o"));
    shell.refused(3, "nix", "compare", point, "nix");
    shell.refused(3, "nix", "expire", point, "nix");
    assertNothingLost();
  }

  @Test
  void aTargetThatMayNotBeWritten() throws IOException {
    Path there = Files.writeString(shell.path("there"), "precious");
    shell.refused(4, "--force", "export", point, there);
    assertThat(there).hasContent("precious");
    shell.refused(2, "is a directory", "export", point, directory, "--force");
    shell.refused(3, "no directory", "export", point, shell.path("nix/o"));
    shell.refused(7, "/dev/full", "export", point, "/dev/full", "--force");
  }

  @Test
  void aDirectoryThatIsNotEmptyOrCannotBeMade() throws IOException {
    shell.refused(4, "not empty", "init", "--reserve=none");
    Path file = Files.writeString(shell.path("file"), "x");
    assertThat(shell.runAnything("repository", "init", file + "/repo")).isEqualTo(6);
    assertThat(shell.runAnything("repository", "init", "/proc/repo")).isEqualTo(6);
    assertThat(shell.err()).contains("/proc/repo");
    assertNothingLost();
  }
}
