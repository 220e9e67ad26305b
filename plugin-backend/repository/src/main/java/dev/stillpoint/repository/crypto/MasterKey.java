package dev.stillpoint.repository.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.SecureRandom;
import java.util.Arrays;

/**
 * The one secret of a repository: 32 random bytes that every other key is derived from. It stays
 * the same for the repository's whole life; passphrases only wrap it. Thread-safe; closing wipes
 * it.
 */
public final class MasterKey implements AutoCloseable {

  public static final int BYTES = 32;

  private final byte[] key;
  private boolean closed;

  private MasterKey(byte[] key) {
    this.key = key;
  }

  public static MasterKey generate(SecureRandom random) {
    byte[] key = new byte[BYTES];
    random.nextBytes(key);
    return new MasterKey(key);
  }

  /** Copies the bytes; the caller wipes his own. */
  public static MasterKey of(byte[] key) {
    if (key.length != BYTES) {
      throw new IllegalArgumentException("A master key has 32 bytes, not " + key.length);
    }
    return new MasterKey(key.clone());
  }

  /** The key itself, for wrapping and printing it; the caller wipes the copy. */
  public synchronized byte[] copyBytes() {
    requireOpen();
    return key.clone();
  }

  /** A second object of the same key, closed by itself. */
  public MasterKey copy() {
    return new MasterKey(copyBytes());
  }

  /** A key for one purpose; keys of different purposes say nothing about each other. */
  synchronized DerivedKey derive(String purpose, String algorithm) {
    requireOpen();
    return new DerivedKey(
        Hkdf.derive(key, new byte[0], purpose.getBytes(US_ASCII), BYTES), algorithm);
  }

  @Override
  public synchronized void close() {
    closed = true;
    Arrays.fill(key, (byte) 0);
  }

  @Override
  public String toString() {
    return "MasterKey[secret]";
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("The master key has been wiped");
    }
  }
}
