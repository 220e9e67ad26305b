package dev.stillpoint.repository.chunk;

import dev.stillpoint.repository.format.ChunkId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The header in front of every payload of a pack, big-endian. A record is a group: chunks that were
 * stored one after the other, compressed as one and sealed as one.
 *
 * <pre>
 *  0      4  magic "SPRC"
 *  4      1  version of this layout, 1
 *  5      1  kind of the content (1 data, 2 map node)
 *  6      1  codec (0 raw, 1 zstd)
 *  7      1  n, number of chunks, 1 to 16
 *  8      4  bytes of payload that follow the header
 * 12      4  bytes of content
 * 16    36n  for each chunk: its id (32) and its bytes of content (4)
 * 16+36n  4  CRC-32C of the payload
 * 20+36n  4  CRC-32C of everything before
 * </pre>
 *
 * Where the repository is encrypted the payload is sealed, with the {@code 16 + 36n} first bytes as
 * what is authenticated with it and the first chunk's id as the salt.
 *
 * @param kind of the content
 * @param codec of the payload
 * @param payloadBytes length of the payload
 * @param parts the chunks in the order of the content
 * @param payloadCrc CRC-32C of the payload
 */
record PackRecord(byte kind, byte codec, int payloadBytes, List<Part> parts, int payloadCrc) {

  static final int MAX_CHUNKS = 16;
  static final int MAX_CONTENT_BYTES = 256 * 1024;
  static final byte RAW = 0;
  static final byte ZSTD = 1;

  private static final int MAGIC = 0x53505243;
  private static final byte VERSION = 1;
  private static final int TABLE_START = 16;
  private static final int PART_BYTES = ChunkId.BYTES + Integer.BYTES;
  private static final int MIN_HEADER_BYTES = headerBytes(1);

  /** What sealing adds at most. */
  private static final int MAX_OVERHEAD_BYTES = 64;

  static final int MAX_RECORD_BYTES =
      headerBytes(MAX_CHUNKS) + MAX_CONTENT_BYTES + MAX_OVERHEAD_BYTES;

  /**
   * A chunk of the group.
   *
   * @param id of the chunk
   * @param contentBytes its length
   */
  record Part(ChunkId id, int contentBytes) {}

  PackRecord {
    parts = List.copyOf(parts);
  }

  static int headerBytes(int chunks) {
    return TABLE_START + PART_BYTES * chunks + 8;
  }

  /** The part of the header that is authenticated. */
  static int authenticatedBytes(int chunks) {
    return TABLE_START + PART_BYTES * chunks;
  }

  /** Writes all but the two checksums into the first bytes of {@code record}. */
  static void writeStart(byte[] record, byte kind, byte codec, int payloadBytes, List<Part> parts) {
    ByteBuffer header = ByteBuffer.wrap(record);
    header.putInt(MAGIC).put(VERSION).put(kind).put(codec).put((byte) parts.size());
    header.putInt(payloadBytes).putInt(contentBytes(parts));
    for (Part part : parts) {
      part.id().write(header);
      header.putInt(part.contentBytes());
    }
  }

  /** Completes a record whose start and payload are there; returns its length. */
  static int writeChecksums(byte[] record, int chunks, int payloadBytes) {
    int position = authenticatedBytes(chunks);
    ByteBuffer header = ByteBuffer.wrap(record);
    header.putInt(position, crc(record, headerBytes(chunks), payloadBytes));
    header.putInt(position + 4, crc(record, 0, position + 4));
    return headerBytes(chunks) + payloadBytes;
  }

  /**
   * Reads the header at {@code offset}; empty when there is none that is whole and sensible.
   *
   * @param limit where the data ends
   */
  static Optional<PackRecord> parse(byte[] data, int offset, int limit) {
    if (limit - offset < MIN_HEADER_BYTES) {
      return Optional.empty();
    }
    ByteBuffer header = ByteBuffer.wrap(data, offset, limit - offset);
    int magic = header.getInt();
    byte version = header.get();
    byte kind = header.get();
    byte codec = header.get();
    int chunks = header.get();
    if (magic != MAGIC
        || version != VERSION
        || chunks < 1
        || chunks > MAX_CHUNKS
        || limit - offset < headerBytes(chunks)) {
      return Optional.empty();
    }
    int checked = authenticatedBytes(chunks) + 4;
    if (crc(data, offset, checked) != header.getInt(offset + checked)) {
      return Optional.empty();
    }
    int payloadBytes = header.getInt();
    int contentBytes = header.getInt();
    List<Part> parts = new ArrayList<>(chunks);
    for (int i = 0; i < chunks; i++) {
      parts.add(new Part(ChunkId.read(header), header.getInt()));
    }
    PackRecord record = new PackRecord(kind, codec, payloadBytes, parts, header.getInt());
    return record.isSensible(contentBytes) ? Optional.of(record) : Optional.empty();
  }

  /** A payload is never longer than its content but for the seal: what does not shrink is raw. */
  private boolean isSensible(int statedContentBytes) {
    long sum = 0;
    for (Part part : parts) {
      if (part.contentBytes() < 1) {
        return false;
      }
      sum += part.contentBytes();
    }
    return sum == statedContentBytes
        && sum <= MAX_CONTENT_BYTES
        && payloadBytes > 0
        && payloadBytes <= sum + MAX_OVERHEAD_BYTES
        && (codec == ZSTD || codec == RAW);
  }

  /** Header and payload. */
  int length() {
    return headerBytes(parts.size()) + payloadBytes;
  }

  int headerBytes() {
    return headerBytes(parts.size());
  }

  int contentBytes() {
    return contentBytes(parts);
  }

  private static int contentBytes(List<Part> parts) {
    int sum = 0;
    for (Part part : parts) {
      sum += part.contentBytes();
    }
    return sum;
  }

  static int crc(byte[] data, int offset, int length) {
    CRC32C crc = new CRC32C();
    crc.update(data, offset, length);
    return (int) crc.getValue();
  }
}
