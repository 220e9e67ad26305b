package dev.stillpoint.repository.crypto;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/** AES-256-GCM as we lay it out: nonce ‖ ciphertext ‖ tag. One thread at a time. */
final class AesGcm {

  static final int NONCE_BYTES = 12;
  static final int TAG_BYTES = 16;
  static final int OVERHEAD_BYTES = NONCE_BYTES + TAG_BYTES;

  private final SecureRandom random;
  private final Cipher cipher;
  private final byte[] nonce = new byte[NONCE_BYTES];

  AesGcm(SecureRandom random) {
    this.random = random;
    try {
      this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has AES-GCM", e);
    }
  }

  /** Consumes {@code data} and leaves {@code header} as it is. */
  int seal(SecretKey key, ByteBuffer header, ByteBuffer data, byte[] out, int outOffset) {
    random.nextBytes(nonce);
    return seal(key, nonce, header, data, out, outOffset);
  }

  /**
   * As the other.
   *
   * @param givenNonce never the same twice with one key
   */
  int seal(
      SecretKey key,
      byte[] givenNonce,
      ByteBuffer header,
      ByteBuffer data,
      byte[] out,
      int outOffset) {
    int length = data.remaining() + OVERHEAD_BYTES;
    ByteBuffer sealed = ByteBuffer.wrap(out, outOffset, length);
    sealed.put(givenNonce, 0, NONCE_BYTES);
    try {
      cipher.init(Cipher.ENCRYPT_MODE, key, parameters(givenNonce));
      cipher.updateAAD(header.duplicate());
      cipher.doFinal(data, sealed);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM refuses to seal", e);
    }
    return length;
  }

  /**
   * Consumes {@code data} and leaves {@code header} as it is.
   *
   * @return bytes written, or -1 when anything was changed or the key is another
   */
  int open(SecretKey key, ByteBuffer header, ByteBuffer data, byte[] out, int outOffset) {
    int length = data.remaining() - OVERHEAD_BYTES;
    if (length < 0) {
      return -1;
    }
    data.get(nonce);
    try {
      cipher.init(Cipher.DECRYPT_MODE, key, parameters(nonce));
      cipher.updateAAD(header.duplicate());
      return cipher.doFinal(data, ByteBuffer.wrap(out, outOffset, length));
    } catch (AEADBadTagException expected) {
      return -1;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM refuses to open", e);
    }
  }

  private static GCMParameterSpec parameters(byte[] nonce) {
    return new GCMParameterSpec(8 * TAG_BYTES, nonce, 0, NONCE_BYTES);
  }
}
