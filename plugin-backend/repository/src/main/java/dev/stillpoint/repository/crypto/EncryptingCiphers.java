package dev.stillpoint.repository.crypto;

import dev.stillpoint.repository.format.ChunkId;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.ShortBufferException;

/**
 * Of an encrypted repository: HMAC-SHA-256 names, AES-256-GCM seals.
 *
 * <p>Nonces are random. NIST SP 800-38D §8.3 allows 2^32 messages for each key then, so records are
 * spread over 256 keys by a byte that is as good as random.
 */
final class EncryptingCiphers implements ContentCiphers, AutoCloseable {

  private static final int RECORD_KEYS = 256;

  private final SecureRandom random;
  private final DerivedKey idKey;
  private final List<DerivedKey> recordKeys = new ArrayList<>(RECORD_KEYS);

  EncryptingCiphers(MasterKey master, SecureRandom random) {
    this.random = random;
    this.idKey = master.derive(Purpose.CHUNK_IDS, "HmacSHA256");
    for (int number = 0; number < RECORD_KEYS; number++) {
      recordKeys.add(master.derive(Purpose.RECORDS + number, "AES"));
    }
  }

  @Override
  public ContentCipher newCipher() {
    return new EncryptingCipher();
  }

  @Override
  public boolean encrypts() {
    return true;
  }

  /** Wipes the keys; ciphers fail from now on. */
  @Override
  public void close() {
    idKey.close();
    recordKeys.forEach(DerivedKey::close);
  }

  private final class EncryptingCipher implements ContentCipher {

    private final AesGcm gcm = new AesGcm(random);
    private final Mac mac = Macs.sha256(idKey);
    private final byte[] digest = new byte[ChunkId.BYTES];

    @Override
    public ChunkId id(byte[] content, int offset, int length) {
      mac.update(content, offset, length);
      try {
        mac.doFinal(digest, 0);
      } catch (ShortBufferException e) {
        throw new IllegalStateException("An HMAC-SHA-256 has 32 bytes", e);
      }
      return ChunkId.read(ByteBuffer.wrap(digest));
    }

    @Override
    public int overheadBytes() {
      return AesGcm.OVERHEAD_BYTES;
    }

    @Override
    public int seal(ChunkId salt, ByteBuffer header, ByteBuffer data, byte[] out, int outOffset) {
      return gcm.seal(key(salt), header, data, out, outOffset);
    }

    @Override
    public int open(ChunkId salt, ByteBuffer header, ByteBuffer data, byte[] out, int outOffset) {
      return gcm.open(key(salt), header, data, out, outOffset);
    }

    private DerivedKey key(ChunkId salt) {
      return recordKeys.get((int) (salt.word(0) >>> 56));
    }
  }
}
