package dev.stillpoint.repository.crypto;

import dev.stillpoint.repository.format.ChunkId;
import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Of a repository that is not encrypted. */
final class PlainCiphers implements ContentCiphers {

  @Override
  public ContentCipher newCipher() {
    return new PlainCipher();
  }

  @Override
  public boolean encrypts() {
    return false;
  }

  private static final class PlainCipher implements ContentCipher {

    private final MessageDigest sha256;
    private final byte[] digest = new byte[ChunkId.BYTES];

    PlainCipher() {
      try {
        sha256 = MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("Every Java has SHA-256", e);
      }
    }

    @Override
    public ChunkId id(byte[] content, int offset, int length) {
      sha256.update(content, offset, length);
      try {
        sha256.digest(digest, 0, digest.length);
      } catch (DigestException e) {
        throw new IllegalStateException("A SHA-256 has 32 bytes", e);
      }
      return ChunkId.read(ByteBuffer.wrap(digest));
    }

    @Override
    public int overheadBytes() {
      return 0;
    }

    @Override
    public int seal(ChunkId salt, ByteBuffer header, ByteBuffer data, byte[] out, int outOffset) {
      int length = data.remaining();
      data.get(out, outOffset, length);
      return length;
    }

    @Override
    public int open(ChunkId salt, ByteBuffer header, ByteBuffer data, byte[] out, int outOffset) {
      return seal(salt, header, data, out, outOffset);
    }
  }
}
