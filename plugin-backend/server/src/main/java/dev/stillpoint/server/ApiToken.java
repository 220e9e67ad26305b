package dev.stillpoint.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;

/** The token that opens the API: one line of a file that only the server's account can read. */
final class ApiToken {

  private static final int RANDOM_BYTES = 32;

  private ApiToken() {}

  /** Reads the token, or makes one on the first start. */
  static String readOrCreate(Path file, SecureRandom random) {
    try {
      if (!Files.exists(file)) {
        create(file, random);
      }
      return Files.readString(file, US_ASCII).strip();
    } catch (IOException e) {
      throw new StillpointException(
          ErrorKind.STORAGE_UNAVAILABLE,
          "The token file " + file + " cannot be read or made: " + e.getMessage(),
          "Let the server's account own the folder " + file.getParent(),
          e);
    }
  }

  private static void create(Path file, SecureRandom random) throws IOException {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    // Complete under another name first: a crash must not leave an empty token that opens the API.
    Path partial = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(partial);
    try (var channel =
        Files.newByteChannel(
            partial,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      channel.write(US_ASCII.encode(HexFormat.of().formatHex(bytes) + "\n"));
    }
    Files.move(partial, file);
  }
}
