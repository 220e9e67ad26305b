package dev.stillpoint.hypervisor.lab.block;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Content sums, computed by the lab itself so that nothing under test has a part in them. */
public final class Sums {
  private static final int CHUNK_BYTES = 1 << 20;

  private Sums() {}

  /** The SHA-256 of the whole image, in lower-case hexadecimal. */
  public static String sha256(ImageView image) throws IOException {
    MessageDigest digest = sha256();
    byte[] chunk = new byte[CHUNK_BYTES];
    for (long offset = 0; offset < image.sizeBytes(); offset += chunk.length) {
      int length = (int) Math.min(chunk.length, image.sizeBytes() - offset);
      image.read(offset, chunk, 0, length);
      digest.update(chunk, 0, length);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
