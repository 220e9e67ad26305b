package dev.stillpoint.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;

/** The token that opens the API: one line of a file that only the server's account can read. */
final class ApiToken {

  private static final int RANDOM_BYTES = 32;

  private ApiToken() {}

  /** Reads the token; makes one on the first start, or when a power loss left an empty file. */
  static String readOrCreate(Path file, SecureRandom random) {
    try {
      if (!Files.exists(file) || Files.size(file) == 0) {
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
    // Complete under another name first: nobody could get in with half a token.
    Path partial = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(partial);
    try (var channel =
        FileChannel.open(
            partial,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      channel.write(US_ASCII.encode(HexFormat.of().formatHex(bytes) + "\n"));
      channel.force(true);
    }
    Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
  }
}
