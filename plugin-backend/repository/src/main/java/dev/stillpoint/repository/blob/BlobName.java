package dev.stillpoint.repository.blob;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/**
 * Names a blob: a file name, or a folder and a file name, safe on every file system.
 *
 * @param value lower-case letters, digits, dots and hyphens, at most one slash: {@code
 *     packs/0000000000000001.pack}
 */
public record BlobName(String value) {

  private static final Pattern SAFE =
      Pattern.compile("[a-z0-9][a-z0-9.-]{0,99}(/[a-z0-9][a-z0-9.-]{0,99})?");

  public BlobName {
    requireNonNull(value, "value");
    if (!isSafe(value)) {
      throw new IllegalArgumentException("Not a blob name: '" + value + "'");
    }
  }

  public static BlobName of(String folder, String file) {
    return new BlobName(folder + "/" + file);
  }

  static boolean isSafe(String value) {
    return SAFE.matcher(value).matches();
  }

  /** The part after the folder. */
  public String file() {
    return value.substring(value.indexOf('/') + 1);
  }

  @Override
  public String toString() {
    return value;
  }
}
