package dev.stillpoint.repository;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.blob.BlobStore;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The wrapping of a JSON document on disk: one line with magic, version and checksum, then the
 * document.
 *
 * <pre>stillpoint-manifest 1 &lt;SHA-256 of "stillpoint-manifest 1\n" and the document&gt;\n{...}
 * </pre>
 *
 * The line has this form in all versions, so that an unknown version is told from damage.
 */
final class Envelope {

  private static final int VERSION = 1;
  private static final Pattern FILE =
      Pattern.compile("([a-z-]{1,40}) ([0-9]{1,9}) ([0-9a-f]{64})\n(.*)", Pattern.DOTALL);

  private Envelope() {}

  static byte[] seal(String magic, String document) {
    return seal(magic, VERSION, document);
  }

  static byte[] seal(String magic, int version, String document) {
    String line = String.format(Locale.ROOT, "%s %d", magic, version);
    return (line + " " + checksum(line, document) + "\n" + document).getBytes(UTF_8);
  }

  /**
   * Returns the document.
   *
   * @param blobs and {@code name} say where it came from, for messages
   * @throws StillpointException CORRUPT_DATA when it is damaged, CONFLICT when another version of
   *     Stillpoint wrote it
   */
  static String open(String magic, byte[] content, BlobStore blobs, String name) {
    Matcher file = FILE.matcher(new String(content, UTF_8));
    if (!file.matches()
        || !file.group(1).equals(magic)
        || !file.group(3).equals(checksum(file.group(1) + " " + file.group(2), file.group(4)))) {
      throw new StillpointException(
          ErrorKind.CORRUPT_DATA,
          "The file " + name + " in " + blobs.location() + " is damaged",
          "Restore the file from a copy of the repository.");
    }
    int version = Integer.parseInt(file.group(2));
    if (version != VERSION) {
      throw new StillpointException(
          ErrorKind.CONFLICT,
          String.format(
              Locale.ROOT,
              "The file %s in %s has version %d, this Stillpoint reads version %d",
              name,
              blobs.location(),
              version,
              VERSION),
          "Use the Stillpoint that wrote it, or a newer one.");
    }
    return file.group(4);
  }

  private static String checksum(String line, String document) {
    byte[] content = (line + "\n" + document).getBytes(UTF_8);
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
