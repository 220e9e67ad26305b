package dev.stillpoint.offline;

import static dev.stillpoint.offline.Images.GRID;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysTest {

  @TempDir private Path directory;
  private Shell shell;
  private Path key;
  private Path image;
  private String point;

  @BeforeEach
  void encrypt() throws IOException {
    shell = new Shell(directory);
    key = shell.path("key");
    shell.ok("init", "--reserve=none", "--encrypt", "--key-file", key);
    assertThat(shell.out()).contains("random passphrase").contains("sheet --key-file");
    image = Images.noise(shell.path("disk.img"), 1, 5 * GRID);
    point = shell.imported(image, "--key-file", key);
  }

  @Test
  void makesAPassphraseThatNobodyElseCanRead() throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");
    assertThat(Files.readString(key)).matches("[0-9a-z]{32}\n");
  }

  @Test
  void opensWithTheKeyOnly() throws IOException {
    Path copy = shell.path("copy");
    shell.ok("export", point, copy, "--key-file", key);
    assertThat(Files.mismatch(copy, image)).isEqualTo(-1);
    shell.refused(5, "key", "list");
    Path wrong = Files.writeString(shell.path("wrong"), "wrong");
    shell.refused(5, "key", "list", "--key-file", wrong);
    shell.refused(3, "/nowhere", "list", "--key-file", "/nowhere");
    Path empty = Files.writeString(shell.path("empty"), "\n");
    shell.refused(2, "bytes", "list", "--key-file", empty);
    shell.refused(2, "--key-sheet", "list", "--key-file", key, "--key-sheet", key);
  }

  @Test
  void takesTheUsersOwnPassphrase() throws IOException {
    Shell other = new Shell(Files.createDirectory(shell.path("other")));
    Path own = Files.writeString(shell.path("own"), "correct horse\n");
    other.ok("init", "--reserve=none", "--encrypt", "--key-file", own);
    assertThat(other.out()).doesNotContain("random");
    assertThat(own).hasContent("correct horse\n");
    other.ok("list", "--key-file", own);
  }

  @Test
  void refusesHalfOfTheWordsAndLeavesNoKeyBehind() throws IOException {
    Shell other = new Shell(Files.createDirectory(shell.path("other")));
    other.refused(2, "--encrypt", "init", "--reserve=none", "--encrypt");
    other.refused(2, "--encrypt", "init", "--reserve=none", "--key-file", key);
    Path fresh = shell.path("fresh");
    shell.refused(4, "not empty", "init", "--reserve=none", "--encrypt", "--key-file", fresh);
    assertThat(fresh).doesNotExist();
    other.ok("init", "--reserve=none");
    other.refused(4, "not encrypted", "list", "--key-file", key);
    assertThat(other.run("keys", "list")).isEqualTo(4);
  }

  @Test
  void addsChangesAndRemovesPassphrases() {
    Path second = shell.path("second");
    Path third = shell.path("third");
    shell.ok("keys", "add", "--label=ops", "--new-key-file", second, "--key-file", key);
    assertThat(shell.json("keys", "list", "--key-file", second).path("items")).hasSize(2);
    assertThat(shell.ok("keys", "list", "--key-file", key)).contains("ops");
    shell.ok("keys", "change", "2", "--new-key-file", third, "--key-file", key);
    shell.refused(5, "key", "list", "--key-file", second);
    shell.ok("list", "--key-file", third);
    shell.ok("keys", "remove", "1", "--key-file", third);
    shell.refused(5, "key", "list", "--key-file", key);
    shell.refused(4, "last", "keys", "remove", "3", "--key-file", third);
    shell.refused(3, "slot 9", "keys", "remove", "9", "--key-file", third);
    Path fourth = shell.path("fourth");
    shell.refused(
        3, "slot 9", "keys", "change", "9", "--new-key-file", fourth, "--key-file", third);
    assertThat(fourth).doesNotExist();
  }

  @Test
  void printsASheetThatOpensWhenEveryPassphraseIsLost() throws IOException {
    String sheet = shell.ok("keys", "sheet", "--key-file", key);
    assertThat(sheet).contains("STILLPOINT KEY SHEET");
    Path typed = Files.writeString(shell.path("typed"), sheet.toLowerCase(Locale.ROOT));
    Path fresh = shell.path("fresh");
    shell.ok("keys", "add", "--new-key-file", fresh, "--key-sheet", typed);
    shell.ok("export", point, shell.path("copy"), "--key-file", fresh);
    assertThat(shell.path("copy")).hasSameBinaryContentAs(image);
    Path broken = Files.writeString(shell.path("broken"), sheet.replaceFirst("1: .", "1: U"));
    shell.refused(2, "line 1", "list", "--key-sheet", broken);
  }
}
