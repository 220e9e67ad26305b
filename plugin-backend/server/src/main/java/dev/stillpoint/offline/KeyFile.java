package dev.stillpoint.offline;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.Passphrase;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;
import java.util.random.RandomGenerator;

/** A file with a passphrase: the user's own, or made where there is none. */
final class KeyFile {

  /** 160 bits, five to a letter; more than anybody will ever try. */
  private static final int LETTERS = 32;

  private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

  private final Path file;
  private final boolean made;

  private KeyFile(Path file, boolean made) {
    this.file = file;
    this.made = made;
  }

  /**
   * Makes the file with a random passphrase, for nobody else to read, unless it is there.
   *
   * @throws StillpointException STORAGE_UNAVAILABLE when it cannot be written
   */
  static KeyFile readyToRead(Path file, RandomGenerator random) {
    if (Files.exists(file)) {
      return new KeyFile(file, false);
    }
    byte[] letters = new byte[LETTERS + 1];
    for (int i = 0; i < LETTERS; i++) {
      letters[i] = ALPHABET.getBytes(US_ASCII)[(int) (random.nextLong() >>> 59)];
    }
    letters[LETTERS] = '\n';
    try (FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      channel.write(ByteBuffer.wrap(letters));
      channel.force(true);
      return new KeyFile(file, true);
    } catch (IOException e) {
      throw new StillpointException(
          ErrorKind.STORAGE_UNAVAILABLE,
          "Cannot write the key file " + file + ": " + e,
          "Check the path and the rights on it.",
          e);
    } finally {
      Arrays.fill(letters, (byte) 0);
    }
  }

  boolean isMade() {
    return made;
  }

  Path path() {
    return file;
  }

  /** The caller closes it. */
  Passphrase passphrase() {
    return Passphrase.read(file);
  }

  /** A key that was made for nothing goes; the user's own stays. */
  void discard() {
    try {
      if (made) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new StillpointException(
          ErrorKind.STORAGE_UNAVAILABLE,
          "Cannot delete the key file " + file + ", which no repository uses: " + e,
          "Delete it.",
          e);
    }
  }
}
