package dev.stillpoint.repository.crypto;

import java.util.Arrays;
import javax.crypto.SecretKey;

/** A key for the JDK's ciphers that can be wiped, which the JDK's own cannot. Thread-safe. */
final class DerivedKey implements SecretKey, AutoCloseable {

  private static final long serialVersionUID = 1;

  private final transient byte[] key;
  private final String algorithm;
  private transient boolean destroyed;

  /** Takes the array over. */
  DerivedKey(byte[] key, String algorithm) {
    this.key = key;
    this.algorithm = algorithm;
  }

  @Override
  public String getAlgorithm() {
    return algorithm;
  }

  @Override
  public String getFormat() {
    return "RAW";
  }

  @Override
  public synchronized byte[] getEncoded() {
    if (destroyed) {
      throw new IllegalStateException("The key has been wiped");
    }
    return key.clone();
  }

  @Override
  public synchronized void destroy() {
    destroyed = true;
    Arrays.fill(key, (byte) 0);
  }

  @Override
  public synchronized boolean isDestroyed() {
    return destroyed;
  }

  @Override
  public void close() {
    destroy();
  }

  @Override
  public String toString() {
    return "DerivedKey[secret]";
  }
}
