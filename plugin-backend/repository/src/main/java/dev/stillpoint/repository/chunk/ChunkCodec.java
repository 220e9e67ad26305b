package dev.stillpoint.repository.chunk;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import dev.stillpoint.repository.format.ChunkId;
import dev.stillpoint.repository.format.ChunkKind;

/**
 * Turns content into a pack record and back, in a buffer of its own. One thread at a time; {@link
 * CodecPool} lends it.
 */
final class ChunkCodec implements AutoCloseable {

  private static final int MAX_PAYLOAD_BYTES =
      Math.toIntExact(Zstd.compressBound(PackRecord.MAX_CONTENT_BYTES));

  private final ZstdCompressCtx compressor = new ZstdCompressCtx();
  private final ZstdDecompressCtx decompressor = new ZstdDecompressCtx();
  private final byte[] buffer = new byte[PackRecord.HEADER_BYTES + MAX_PAYLOAD_BYTES];

  ChunkCodec(int level) {
    compressor.setLevel(level);
    // The record carries both already.
    compressor.setChecksum(false);
    compressor.setContentSize(false);
  }

  /** Holds the record after {@link #encode}; filled by the caller before {@link #decode}. */
  byte[] buffer() {
    return buffer;
  }

  /** Builds the record in the buffer and returns its length. */
  int encode(ChunkId id, ChunkKind kind, byte[] content, int offset, int length) {
    int header = PackRecord.HEADER_BYTES;
    byte codec = PackRecord.ZSTD;
    int stored =
        compressor.compressByteArray(
            buffer, header, buffer.length - header, content, offset, length);
    if (stored >= length) {
      codec = PackRecord.RAW;
      stored = length;
      System.arraycopy(content, offset, buffer, header, length);
    }
    int crc = PackRecord.crc(buffer, header, stored);
    PackRecord record = new PackRecord(kind.code(), codec, stored, length, id, crc);
    record.write(buffer);
    return record.length();
  }

  /**
   * Unpacks the record in the buffer and checks its SHA-256.
   *
   * @return an empty text when {@code content} is right, else what is wrong
   */
  String decode(ChunkId id, int recordLength, byte[] content, int offset, int length) {
    PackRecord record = PackRecord.parse(buffer, 0).orElse(null);
    if (record == null) {
      return "its record's header is damaged";
    }
    if (!record.id().equals(id) || record.length() != recordLength) {
      return "another record lies there";
    }
    if (record.contentBytes() != length) {
      return "it has " + record.contentBytes() + " bytes of content instead of " + length;
    }
    if (record.codec() == PackRecord.RAW) {
      System.arraycopy(buffer, PackRecord.HEADER_BYTES, content, offset, length);
    } else if (!decompress(record, content, offset)) {
      return "its payload cannot be decompressed";
    }
    return ChunkId.of(content, offset, length).equals(id) ? "" : "its SHA-256 is another";
  }

  private boolean decompress(PackRecord record, byte[] content, int offset) {
    try {
      int length =
          decompressor.decompressByteArray(
              content,
              offset,
              record.contentBytes(),
              buffer,
              PackRecord.HEADER_BYTES,
              record.storedBytes());
      return length == record.contentBytes();
    } catch (ZstdException e) {
      return false;
    }
  }

  @Override
  public void close() {
    compressor.close();
    decompressor.close();
  }
}
