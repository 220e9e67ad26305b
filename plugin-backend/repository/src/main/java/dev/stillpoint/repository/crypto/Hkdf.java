package dev.stillpoint.repository.crypto;

import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;

/** HKDF-SHA-256 of RFC 5869: many independent keys from one. */
final class Hkdf {

  private Hkdf() {}

  /**
   * @param salt may be empty, which RFC 5869 takes for 32 zeroes
   */
  static byte[] derive(byte[] secret, byte[] salt, byte[] info, int lengthBytes) {
    HKDFBytesGenerator hkdf = new HKDFBytesGenerator(new SHA256Digest());
    hkdf.init(new HKDFParameters(secret, salt, info));
    byte[] derived = new byte[lengthBytes];
    hkdf.generateBytes(derived, 0, lengthBytes);
    return derived;
  }
}
