package dev.stillpoint.repository;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.crypto.MasterKey;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.file.Path;
import java.util.Arrays;

/** A secret of 1 to 4096 bytes that a key slot accepts: from a key file, or typed. */
public final class Passphrase extends RepositoryKey {

  private static final int MAX_BYTES = 4096;
  private static final int LONGEST_LINE_END = 2;

  private final byte[] secret;
  private boolean closed;

  /** Takes the array over. */
  private Passphrase(byte[] secret) {
    this.secret = secret;
    if (secret.length == 0 || secret.length > MAX_BYTES) {
      close();
      throw new StillpointException(
          ErrorKind.BAD_REQUEST,
          "A passphrase has 1 to " + MAX_BYTES + " bytes, not " + secret.length,
          "Give a longer or shorter one.");
    }
  }

  /**
   * Reads a key file: all its bytes but for one line end after them.
   *
   * @throws StillpointException NOT_FOUND, or BAD_REQUEST when it is empty, too long or cannot be
   *     read
   */
  public static Passphrase read(Path keyFile) {
    byte[] content = SecretFile.read(keyFile, MAX_BYTES + LONGEST_LINE_END, "key file");
    int length = content.length;
    if (length > 0 && content[length - 1] == '\n') {
      length--;
      if (length > 0 && content[length - 1] == '\r') {
        length--;
      }
    }
    byte[] secret = Arrays.copyOf(content, length);
    Arrays.fill(content, (byte) 0);
    return new Passphrase(secret);
  }

  /**
   * Takes what was typed, as UTF-8; the caller wipes his array.
   *
   * @throws StillpointException BAD_REQUEST when it is empty, too long or no text
   */
  public static Passphrase of(char[] typed) {
    CharsetEncoder utf8 = UTF_8.newEncoder();
    ByteBuffer bytes = ByteBuffer.allocate((int) Math.ceil(typed.length * utf8.maxBytesPerChar()));
    try {
      CoderResult result = utf8.encode(CharBuffer.wrap(typed), bytes, true);
      if (result.isError()) {
        throw new StillpointException(
            ErrorKind.BAD_REQUEST, "The passphrase is no text", "Type it again.");
      }
      return new Passphrase(Arrays.copyOf(bytes.array(), bytes.position()));
    } finally {
      Arrays.fill(bytes.array(), (byte) 0);
    }
  }

  @Override
  MasterKey unlock(KeySlotStore slots) {
    return slots.unlock(this);
  }

  @Override
  boolean isPresent() {
    return true;
  }

  /** The caller wipes the copy. */
  synchronized byte[] copyBytes() {
    if (closed) {
      throw new IllegalStateException("The passphrase has been wiped");
    }
    return secret.clone();
  }

  @Override
  public synchronized void close() {
    closed = true;
    Arrays.fill(secret, (byte) 0);
  }

  @Override
  public String toString() {
    return "Passphrase[secret]";
  }
}
