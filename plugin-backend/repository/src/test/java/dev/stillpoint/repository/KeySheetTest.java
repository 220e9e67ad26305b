package dev.stillpoint.repository;

import static dev.stillpoint.repository.Refusals.refused;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.crypto.MasterKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeySheetTest {

  private static final UUID ID = UUID.fromString("0b5e0ad2-6f0a-4f2e-9b6b-8f3a0c8f6c11");
  private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");

  private final byte[] key = new byte[MasterKey.BYTES];
  private final String sheet = sheet(new Random(1), "/backup/stillpoint");

  @TempDir private Path directory;

  private String sheet(Random random, String location) {
    random.nextBytes(key);
    try (MasterKey master = MasterKey.of(key)) {
      return new String(KeySheet.print(master, ID, location, NOW), US_ASCII);
    }
  }

  private static byte[] parsed(String text) {
    try (KeySheet parsed = KeySheet.parse(text.getBytes(UTF_8))) {
      return parsed.copyBytes();
    }
  }

  private List<String> keyLines() {
    return sheet.lines().filter(line -> line.matches(" +[1-4]: .*")).toList();
  }

  @Test
  void printsWhatAPersonNeeds() {
    assertThat(sheet)
        .startsWith("STILLPOINT KEY SHEET\n")
        .contains(ID.toString(), "/backup/stillpoint", NOW.toString())
        .matches("[ -~\n]*");
    assertThat(sheet.lines()).allMatch(line -> line.length() <= 72);
    assertThat(keyLines())
        .hasSize(4)
        .allMatch(line -> line.matches(" +[1-4]: [0-9A-Z]{5}-[0-9A-Z]{5}-[0-9A-Z]{3}[0-9A-Z*~$=]"));
  }

  /** Computed apart from this code: a sheet that was printed once is read for ever. */
  @Test
  void readsTheSheetsOfVersionOne() {
    String text =
        """
        1: FZY7H-XBHXS-NEE0
        2: CFG5S-PANT9-7CPY
        3: 8Z241-F9SPR-SAYQ
        4: 5EM29-88XK8-B96G
        """;
    byte[] expected = new byte[MasterKey.BYTES];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = (byte) (255 - 7 * i);
    }
    assertThat(parsed(text)).isEqualTo(expected);
  }

  @Test
  void readsBackEveryKeyItPrints() {
    Random random = new Random(2);
    for (int i = 0; i < 500; i++) {
      String text = sheet(random, "/x");
      assertThat(parsed(text)).isEqualTo(key);
    }
  }

  @Test
  void takesTheLinesAloneInAnyOrderAndAsPeopleTypeThem() {
    List<String> lines = keyLines();
    String typed =
        String.join(
            "\r\n",
            lines.get(2).toLowerCase(Locale.ROOT),
            lines.get(0).replace("-", "").strip(),
            lines.get(3).replace('0', 'O').replace('1', 'l').replace("l:", "1:"),
            "\t" + lines.get(1).replace("-", " - ") + "  ");
    assertThat(parsed(typed)).isEqualTo(key);
    assertThat(parsed(typed.replace('0', 'o').replace("1", "I").replace("I:", "1:")))
        .isEqualTo(key);
  }

  @Test
  void takesWhatEditorsAndPrintersAddAroundTheLines() {
    String lines = String.join("\n", keyLines()).stripLeading();
    assertThat(parsed("\ufeff" + lines)).isEqualTo(key);
    assertThat(parsed("\u00a0" + lines + "\f")).isEqualTo(key);
  }

  @Test
  void findsEverySingleWrongCharacterAndNamesItsLine() {
    int wrong = 0;
    int start = sheet.indexOf(keyLines().get(0));
    int end = sheet.indexOf(keyLines().get(3)) + keyLines().get(3).length();
    for (int at = start; at < end; at++) {
      String line =
          String.valueOf(1 + sheet.substring(start, at).chars().filter(c -> c == '\n').count());
      for (char typed = ' '; typed <= '~'; typed++) {
        String text = sheet.substring(0, at) + typed + sheet.substring(at + 1);
        wrong += foundOrHarmless(text, line) ? 1 : 0;
      }
    }
    assertThat(wrong).isGreaterThan(4 * 14 * 80);
  }

  /** Returns whether it was found; what is not found must be no error. */
  private boolean foundOrHarmless(String text, String line) {
    try {
      assertThat(parsed(text)).as(text).isEqualTo(key);
      return false;
    } catch (StillpointException e) {
      assertThat(e.kind()).isEqualTo(ErrorKind.BAD_REQUEST);
      assertThat(e.getMessage()).contains("line " + line);
      return true;
    }
  }

  @Test
  void aWrongCharacterOutsideTheKeyDoesNoHarm() {
    int lineEndBeforeTheKey = sheet.indexOf(keyLines().get(0)) - 1;
    for (int at = 0; at < lineEndBeforeTheKey; at++) {
      String text = sheet.substring(0, at) + '1' + sheet.substring(at + 1);
      assertThat(parsed(text)).isEqualTo(key);
    }
  }

  @Test
  void findsSwappedNeighboursMissingCharactersAndSwappedLines() {
    List<String> lines = keyLines();
    for (String line : lines) {
      String groups = line.substring(line.indexOf(':') + 2).replace("-", "");
      String prefix = line.substring(0, line.indexOf(':') + 2);
      for (int at = 0; at + 2 < groups.length(); at++) {
        char a = groups.charAt(at);
        char b = groups.charAt(at + 1);
        String swapped = groups.substring(0, at) + b + a + groups.substring(at + 2);
        String missing = groups.substring(0, at) + groups.substring(at + 1);
        String doubled = groups.substring(0, at) + a + groups.substring(at);
        if (a != b) {
          mistyped(sheet.replace(line, prefix + swapped));
        }
        mistyped(sheet.replace(line, prefix + missing));
        mistyped(sheet.replace(line, prefix + doubled));
      }
    }
    mistyped(sheet.replace("1: ", "x: ").replace("2: ", "1: ").replace("x: ", "2: "));
  }

  private static void mistyped(String text) {
    refused(ErrorKind.BAD_REQUEST, "has a typing error", () -> parsed(text));
  }

  @Test
  void namesEveryLineThatIsMissingOrDouble() {
    List<String> lines = keyLines();
    refused(ErrorKind.BAD_REQUEST, "line 1 is missing, line 2 is missing", () -> parsed(""));
    refused(
        ErrorKind.BAD_REQUEST, "line 3 is missing", () -> parsed(sheet.replace(lines.get(2), "")));
    refused(ErrorKind.BAD_REQUEST, "line 2 is there twice", () -> parsed(sheet + lines.get(1)));
    assertThatThrownBy(() -> parsed(sheet.replace(lines.get(3).substring(16), "oops")))
        .hasMessageNotContaining("oops")
        .hasMessageContaining("line 4 has a typing error");
  }

  @Test
  void surprisesInTheNameOfTheDirectoryDoNoHarm() {
    String strange = "/1: AAAAA-AAAAA-AAAA\n2: BBBBB-ü-\u0000 1: ".repeat(20);
    String text = sheet(new Random(3), strange);
    assertThat(text).matches("[ -~\n]*");
    assertThat(text.lines()).allMatch(line -> line.length() <= 72);
    assertThat(parsed(text)).isEqualTo(key);
  }

  @Test
  void survivesAnyRubbish() {
    Random random = new Random(4);
    for (int i = 0; i < 5000; i++) {
      byte[] text = sheet.getBytes(US_ASCII);
      for (int change = 0; change <= i % 20; change++) {
        text[random.nextInt(text.length)] = (byte) random.nextInt(256);
      }
      try (KeySheet parsed = KeySheet.parse(text)) {
        assertThat(parsed).hasToString("KeySheet[secret]");
      } catch (StillpointException e) {
        assertThat(e.kind()).isEqualTo(ErrorKind.BAD_REQUEST);
      }
    }
  }

  @Test
  void readsASheetFromItsFile() throws IOException {
    Path file = directory.resolve("sheet.txt");
    Files.writeString(file, sheet);
    try (KeySheet read = KeySheet.read(file)) {
      assertThat(read.copyBytes()).isEqualTo(key);
    }
    refused(ErrorKind.NOT_FOUND, "key sheet", () -> KeySheet.read(directory.resolve("absent")));
    Files.write(file, new byte[1 << 20]);
    refused(ErrorKind.BAD_REQUEST, "longer", () -> KeySheet.read(file));
  }
}
