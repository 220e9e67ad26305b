package dev.stillpoint.repository;

import static dev.stillpoint.repository.Refusals.refused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillpoint.model.ErrorKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PassphraseTest {

  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = directory.resolve("key");
  }

  private byte[] read(byte[] content) throws IOException {
    Files.write(file, content);
    try (Passphrase passphrase = Passphrase.read(file)) {
      return passphrase.copyBytes();
    }
  }

  private byte[] read(String content) throws IOException {
    return read(content.getBytes(UTF_8));
  }

  @Test
  void ignoresOneLineEndAfterTheKeyAndNothingElse() throws IOException {
    assertThat(read("secret")).asString(UTF_8).isEqualTo("secret");
    assertThat(read("secret\n")).asString(UTF_8).isEqualTo("secret");
    assertThat(read("secret\r\n")).asString(UTF_8).isEqualTo("secret");
    assertThat(read("secret\n\n")).asString(UTF_8).isEqualTo("secret\n");
    assertThat(read(" two words \r")).asString(UTF_8).isEqualTo(" two words \r");
    assertThat(read("\n\n")).asString(UTF_8).isEqualTo("\n");
  }

  @Test
  void takesAnyBytes() throws IOException {
    byte[] bytes = {0, -1, (byte) 0xc3, 0x28, 10, 0};
    assertThat(read(bytes)).isEqualTo(bytes);
  }

  @Test
  void takesWhatWasTypedAsTheSameBytesInAFile() throws IOException {
    char[] typed = "Äpfel und 🍐".toCharArray();
    try (Passphrase passphrase = Passphrase.of(typed)) {
      assertThat(passphrase.copyBytes()).isEqualTo(read("Äpfel und 🍐\n"));
    }
    assertThat(typed).isEqualTo("Äpfel und 🍐".toCharArray());
  }

  @Test
  void refusesNothingAndTooMuch() throws IOException {
    refused(ErrorKind.BAD_REQUEST, "1 to 4096 bytes, not 0", () -> read(""));
    refused(ErrorKind.BAD_REQUEST, "not 0", () -> read("\n"));
    refused(ErrorKind.BAD_REQUEST, "not 0", () -> Passphrase.of(new char[0]));
    assertThat(read("x".repeat(4096) + "\r\n")).hasSize(4096);
    refused(ErrorKind.BAD_REQUEST, "not 4097", () -> read("x".repeat(4097)));
    refused(ErrorKind.BAD_REQUEST, "longer than", () -> read(new byte[1 << 20]));
    char[] typed = new char[4097];
    Arrays.fill(typed, 'x');
    refused(ErrorKind.BAD_REQUEST, "not 4097", () -> Passphrase.of(typed));
  }

  @Test
  void refusesWhatIsNoTextOrNoFile() {
    refused(ErrorKind.BAD_REQUEST, "no text", () -> Passphrase.of(new char[] {'a', '\ud800'}));
    refused(ErrorKind.BAD_REQUEST, "no text", () -> Passphrase.of(new char[] {'\udc00', 'a'}));
    refused(ErrorKind.NOT_FOUND, "no key file", () -> Passphrase.read(file));
    refused(ErrorKind.BAD_REQUEST, "Cannot read", () -> Passphrase.read(directory));
  }

  @Test
  void diesWhenClosedAndNeverShowsItself() {
    Passphrase passphrase = Passphrase.of("horse".toCharArray());
    assertThat(passphrase.toString()).doesNotContain("horse");
    passphrase.close();
    passphrase.close();
    assertThatThrownBy(passphrase::copyBytes).isInstanceOf(IllegalStateException.class);
  }
}
