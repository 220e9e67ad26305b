package dev.stillpoint.repository.crypto;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** Wraps a master key under a passphrase: Argon2id makes the key that AES-256-GCM seals with. */
public final class KeyWrap {

  public static final int SALT_BYTES = 16;

  /** Nonce, sealed key and tag. */
  public static final int WRAPPED_BYTES = MasterKey.BYTES + AesGcm.OVERHEAD_BYTES;

  private final SecureRandom random;

  public KeyWrap(SecureRandom random) {
    this.random = random;
  }

  public byte[] newSalt() {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    return salt;
  }

  /**
   * @param context is authenticated and not kept
   * @return {@link #WRAPPED_BYTES} bytes
   */
  public byte[] wrap(
      MasterKey master, byte[] passphrase, byte[] salt, PassphraseCost cost, byte[] context) {
    byte[] secret = master.copyBytes();
    byte[] wrapped = new byte[WRAPPED_BYTES];
    try (DerivedKey key = stretch(passphrase, salt, cost)) {
      new AesGcm(random).seal(key, ByteBuffer.wrap(context), ByteBuffer.wrap(secret), wrapped, 0);
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
    return wrapped;
  }

  /** The master key; empty when the passphrase is another or anything was changed. */
  public Optional<MasterKey> unwrap(
      byte[] wrapped, byte[] passphrase, byte[] salt, PassphraseCost cost, byte[] context) {
    byte[] secret = new byte[MasterKey.BYTES];
    try (DerivedKey key = stretch(passphrase, salt, cost)) {
      boolean opened =
          wrapped.length == WRAPPED_BYTES
              && new AesGcm(random)
                      .open(key, ByteBuffer.wrap(context), ByteBuffer.wrap(wrapped), secret, 0)
                  == MasterKey.BYTES;
      return opened ? Optional.of(MasterKey.of(secret)) : Optional.empty();
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  static DerivedKey stretch(byte[] passphrase, byte[] salt, PassphraseCost cost) {
    Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
    argon2.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(cost.memoryKib())
            .withIterations(cost.passes())
            .withParallelism(cost.lanes())
            .withSalt(salt)
            .build());
    byte[] key = new byte[MasterKey.BYTES];
    argon2.generateBytes(passphrase, key);
    return new DerivedKey(key, "AES");
  }
}
