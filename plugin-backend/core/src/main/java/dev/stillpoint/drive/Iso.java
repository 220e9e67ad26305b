package dev.stillpoint.drive;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An ISO image that somebody has and a VM shall see.
 *
 * @param name of its file, any
 * @param sha256 hex, where it is known before the content is read: an image that was brought before
 *     is then not read at all
 * @param content opened at most once
 */
public record Iso(String name, ByteCount size, Optional<String> sha256, Content content) {

  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  /** Where the bytes come from. */
  public interface Content {
    InputStream open() throws IOException;
  }

  public Iso {
    requireNonNull(name, "name");
    requireNonNull(size, "size");
    sha256 = sha256.map(hash -> hash.toLowerCase(Locale.ROOT));
    requireNonNull(content, "content");
    if (name.isBlank() || size.bytes() == 0) {
      throw new StillpointException(
          ErrorKind.BAD_REQUEST, "An ISO image has a name and is not empty", "Choose a file.");
    }
    if (sha256.filter(hash -> !SHA256.matcher(hash).matches()).isPresent()) {
      throw new StillpointException(
          ErrorKind.BAD_REQUEST,
          "'" + sha256.get() + "' is not a SHA-256",
          "Give 64 hexadecimal digits, or leave it out.");
    }
  }
}
