package dev.stillpoint.repository.crypto;

import dev.stillpoint.repository.format.ChunkId;
import java.nio.ByteBuffer;

/** Names, seals and opens content with the keys of one repository. One thread at a time. */
public interface ContentCipher {

  /** SHA-256 of the content; in an encrypted repository HMAC-SHA-256 with a key of its own. */
  ChunkId id(byte[] content, int offset, int length);

  /** By how much sealing lengthens: 0 in a repository that is not encrypted. */
  int overheadBytes();

  /**
   * Seals data; without encryption it copies.
   *
   * @param salt chooses the key; the same for {@link #open}
   * @param header is authenticated and not encrypted: the same bytes must be given to {@link
   *     #open}; its position stays
   * @param data is consumed; may not share memory with {@code out}
   * @return bytes written to {@code out}: {@code length} and the overhead
   */
  int seal(ChunkId salt, ByteBuffer header, ByteBuffer data, byte[] out, int outOffset);

  /**
   * Opens what {@link #seal} wrote.
   *
   * @return bytes written to {@code out}, or -1 when data or header were changed or another key
   *     sealed them
   */
  int open(ChunkId salt, ByteBuffer header, ByteBuffer data, byte[] out, int outOffset);
}
