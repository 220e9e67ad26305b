package dev.stillpoint.repository.chunk;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import dev.stillpoint.repository.crypto.ContentCipher;
import dev.stillpoint.repository.format.ChunkId;
import dev.stillpoint.repository.format.ChunkKind;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Turns a group of chunks into a pack record and back, in buffers of its own. One thread at a time;
 * {@link CodecPool} lends it.
 */
final class RecordCodec implements AutoCloseable {

  private static final int MAX_COMPRESSED_BYTES =
      Math.toIntExact(Zstd.compressBound(PackRecord.MAX_CONTENT_BYTES));

  /**
   * Entries of zstd's table of matches at its fastest level, as a power of two: half its own
   * choice, so that it stays in a core's first cache (decision 108 has figures).
   */
  private static final int HASH_LOG = 13;

  private static final int FASTEST = 1;

  static final int READ_BUFFER_BYTES = 2 * 1024 * 1024;

  private final ContentCipher cipher;
  private final ZstdCompressCtx compressor = new ZstdCompressCtx();
  private final ZstdDecompressCtx decompressor = new ZstdDecompressCtx();
  private final byte[] record =
      new byte[PackRecord.headerBytes(PackRecord.MAX_CHUNKS) + MAX_COMPRESSED_BYTES];
  private final byte[] unsealed;
  private byte[] readBuffer = new byte[0];
  private final byte[] content = new byte[PackRecord.MAX_CONTENT_BYTES];

  RecordCodec(ContentCipher cipher, int level) {
    this.cipher = cipher;
    this.unsealed = new byte[MAX_COMPRESSED_BYTES];
    compressor.setLevel(level);
    if (level == FASTEST) {
      compressor.setHashLog(HASH_LOG);
    }
    // The record carries both already.
    compressor.setChecksum(false);
    compressor.setContentSize(false);
  }

  ChunkId id(byte[] data, int offset, int length) {
    return cipher.id(data, offset, length);
  }

  /** Holds the record after {@link #encode}; may be filled by the caller before {@link #decode}. */
  byte[] record() {
    return record;
  }

  /** A place to gather or decode a group's content, {@link PackRecord#MAX_CONTENT_BYTES} long. */
  byte[] content() {
    return content;
  }

  /** For reading many records at once; made when it is first asked for. */
  byte[] readBuffer() {
    if (readBuffer.length == 0) {
      readBuffer = new byte[READ_BUFFER_BYTES];
    }
    return readBuffer;
  }

  /** Builds the record in {@link #record} and returns its length. */
  int encode(ChunkKind kind, List<PackRecord.Part> parts, byte[] data, int offset, int length) {
    int header = PackRecord.headerBytes(parts.size());
    boolean sealed = cipher.overheadBytes() > 0;
    byte[] target = sealed ? unsealed : record;
    int start = sealed ? 0 : header;
    byte codec = PackRecord.ZSTD;
    int packed =
        compressor.compressByteArray(target, start, target.length - start, data, offset, length);
    if (packed >= length) {
      codec = PackRecord.RAW;
      packed = length;
      System.arraycopy(data, offset, target, start, length);
    }
    int payload = packed + cipher.overheadBytes();
    PackRecord.writeStart(record, kind.code(), codec, payload, parts);
    if (sealed) {
      ByteBuffer authenticated =
          ByteBuffer.wrap(record, 0, PackRecord.authenticatedBytes(parts.size()));
      cipher.seal(
          parts.get(0).id(), authenticated, ByteBuffer.wrap(unsealed, 0, packed), record, header);
    }
    return PackRecord.writeChecksums(record, parts.size(), payload);
  }

  /**
   * Unpacks a record; the ids are not checked.
   *
   * @param data holds the record at {@code start}
   * @param target takes the content, {@link PackRecord#contentBytes} long
   * @return an empty text when it worked, else what is wrong
   */
  String decode(PackRecord parsed, byte[] data, int start, byte[] target, int targetOffset) {
    int header = parsed.headerBytes();
    if (PackRecord.crc(data, start + header, parsed.payloadBytes()) != parsed.payloadCrc()) {
      return "its payload does not match its checksum";
    }
    byte[] packed = data;
    int packedStart = start + header;
    int packedBytes = parsed.payloadBytes();
    if (cipher.overheadBytes() > 0) {
      ByteBuffer authenticated =
          ByteBuffer.wrap(data, start, PackRecord.authenticatedBytes(parsed.parts().size()));
      packedBytes =
          cipher.open(
              parsed.parts().get(0).id(),
              authenticated,
              ByteBuffer.wrap(data, packedStart, parsed.payloadBytes()),
              unsealed,
              0);
      if (packedBytes < 0) {
        return "it was not sealed with this repository's key, or was changed since";
      }
      packed = unsealed;
      packedStart = 0;
    }
    return unpack(parsed, packed, packedStart, packedBytes, target, targetOffset)
        ? ""
        : "its payload cannot be decompressed";
  }

  private boolean unpack(
      PackRecord parsed, byte[] packed, int start, int length, byte[] target, int targetOffset) {
    int contentBytes = parsed.contentBytes();
    if (parsed.codec() == PackRecord.RAW) {
      if (length != contentBytes) {
        return false;
      }
      System.arraycopy(packed, start, target, targetOffset, length);
      return true;
    }
    try {
      return decompressor.decompressByteArray(
              target, targetOffset, contentBytes, packed, start, length)
          == contentBytes;
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
