package dev.stillpoint.repository.chunk;

import dev.stillpoint.repository.blob.BlobStore;
import dev.stillpoint.repository.format.ChunkPlace;
import dev.stillpoint.repository.format.PackExtent;
import dev.stillpoint.repository.format.Packs;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Finds the whole records in a part of a pack. */
final class PackScanner {

  private final BlobStore blobs;

  PackScanner(BlobStore blobs) {
    this.blobs = blobs;
  }

  /**
   * Reports every record whose header and payload match their checksums; what is torn or damaged in
   * between is passed over.
   *
   * @return the bytes that belong to no whole record
   */
  long scan(PackExtent extent, RecordListener listener) {
    // A pack is at most 64 MiB of ours; anything longer is not, and fails here with a clear error.
    byte[] data = new byte[Math.toIntExact(extent.to() - extent.from())];
    blobs.read(Packs.name(extent.pack()), extent.from(), ByteBuffer.wrap(data));
    long lostBytes = 0;
    int offset = 0;
    while (offset < data.length) {
      Optional<PackRecord> record = wholeRecord(data, offset);
      if (record.isPresent()) {
        int length = record.get().length();
        int place = Math.toIntExact(extent.from() + offset);
        listener.found(record.get(), new ChunkPlace(extent.pack(), place, length, false));
        offset += length;
      } else {
        lostBytes++;
        offset++;
      }
    }
    return lostBytes;
  }

  private static Optional<PackRecord> wholeRecord(byte[] data, int offset) {
    return PackRecord.parse(data, offset, data.length)
        .filter(record -> record.length() <= data.length - offset)
        .filter(
            record ->
                PackRecord.crc(data, offset + record.headerBytes(), record.payloadBytes())
                    == record.payloadCrc());
  }

  /** Is told of each whole record. */
  interface RecordListener {
    void found(PackRecord record, ChunkPlace place);
  }
}
