package dev.stillpoint.repository.chunk;

import dev.stillpoint.repository.format.ChunkId;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The header in front of every payload of a pack, big-endian:
 *
 * <pre>
 *  0  4  magic "SPRC"
 *  4  1  version of this layout
 *  5  1  kind of the content (1 data, 2 map node)
 *  6  1  codec (0 raw, 1 zstd)
 *  7  1  zero
 *  8  4  bytes of payload that follow the header
 * 12  4  bytes of content
 * 16 32  SHA-256 of the content
 * 48  4  CRC-32C of the payload
 * 52  4  CRC-32C of the 52 bytes before
 * </pre>
 *
 * @param storedBytes length of the payload
 * @param contentBytes length of the content
 * @param payloadCrc CRC-32C of the payload
 */
record PackRecord(
    byte kind, byte codec, int storedBytes, int contentBytes, ChunkId id, int payloadCrc) {

  static final int HEADER_BYTES = 56;
  static final int MAX_CONTENT_BYTES = 64 * 1024;
  static final byte RAW = 0;
  static final byte ZSTD = 1;
  private static final int MAGIC = 0x53505243;
  private static final byte VERSION = 0;
  private static final int CHECKED_BYTES = 52;

  /** Writes the header into the first bytes of {@code record}. */
  void write(byte[] record) {
    ByteBuffer header = ByteBuffer.wrap(record, 0, HEADER_BYTES);
    header.putInt(MAGIC).put(VERSION).put(kind).put(codec).put((byte) 0);
    header.putInt(storedBytes).putInt(contentBytes);
    id.write(header);
    header.putInt(payloadCrc).putInt(crc(record, 0, CHECKED_BYTES));
  }

  /** Reads the header at {@code offset}; empty when there is none that is whole and sensible. */
  static Optional<PackRecord> parse(byte[] data, int offset) {
    if (data.length - offset < HEADER_BYTES) {
      return Optional.empty();
    }
    ByteBuffer header = ByteBuffer.wrap(data, offset, HEADER_BYTES);
    if (header.getInt() != MAGIC
        || crc(data, offset, CHECKED_BYTES) != header.getInt(offset + CHECKED_BYTES)) {
      return Optional.empty();
    }
    byte version = header.get();
    byte kind = header.get();
    byte codec = header.get();
    header.get();
    int storedBytes = header.getInt();
    int contentBytes = header.getInt();
    PackRecord record =
        new PackRecord(
            kind, codec, storedBytes, contentBytes, ChunkId.read(header), header.getInt());
    return version == VERSION && record.isSensible() ? Optional.of(record) : Optional.empty();
  }

  /** A payload is never longer than its content: what does not shrink is stored raw. */
  private boolean isSensible() {
    return contentBytes > 0
        && contentBytes <= MAX_CONTENT_BYTES
        && storedBytes > 0
        && storedBytes <= contentBytes
        && (codec == ZSTD || (codec == RAW && storedBytes == contentBytes));
  }

  /** Header and payload. */
  int length() {
    return HEADER_BYTES + storedBytes;
  }

  static int crc(byte[] data, int offset, int length) {
    CRC32C crc = new CRC32C();
    crc.update(data, offset, length);
    return (int) crc.getValue();
  }
}
