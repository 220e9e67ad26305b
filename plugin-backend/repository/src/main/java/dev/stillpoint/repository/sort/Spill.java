package dev.stillpoint.repository.sort;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.blob.BlobAppender;
import dev.stillpoint.repository.blob.BlobName;
import dev.stillpoint.repository.blob.BlobStore;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Sorted records in a temporary blob: blocks of records, a CRC-32C after each.
 *
 * @param name of the blob
 * @param recordBytes length of a record
 * @param count of the records
 */
record Spill(BlobStore blobs, BlobName name, int recordBytes, long count) {

  static final int BLOCK_BYTES = 1 << 15;

  /** Writes all records; when that fails the blob is gone again. */
  static Spill write(BlobStore blobs, BlobName name, int recordBytes, SortedRecords records) {
    long count = 0;
    byte[] block = new byte[BLOCK_BYTES + Integer.BYTES];
    int recordsPerBlock = BLOCK_BYTES / recordBytes;
    try (BlobAppender appender = blobs.create(name)) {
      int inBlock = 0;
      while (records.next()) {
        System.arraycopy(
            records.buffer(), records.offset(), block, inBlock * recordBytes, recordBytes);
        inBlock++;
        count++;
        if (inBlock == recordsPerBlock) {
          append(appender, block, inBlock * recordBytes);
          inBlock = 0;
        }
      }
      if (inBlock > 0) {
        append(appender, block, inBlock * recordBytes);
      }
    } catch (StillpointException e) {
      try {
        blobs.delete(name);
      } catch (StillpointException second) {
        e.addSuppressed(second);
      }
      throw e;
    }
    return new Spill(blobs, name, recordBytes, count);
  }

  SortedRecords read() {
    return new Reader();
  }

  private static void append(BlobAppender appender, byte[] block, int length) {
    ByteBuffer.wrap(block).putInt(length, checksum(block, length));
    appender.append(block, 0, length + Integer.BYTES);
  }

  private static int checksum(byte[] block, int length) {
    CRC32C crc = new CRC32C();
    crc.update(block, 0, length);
    return (int) crc.getValue();
  }

  private final class Reader implements SortedRecords {

    private byte[] block = new byte[0];
    private int inBlock;
    private int current = -1;
    private long passed;
    private long position;

    @Override
    public boolean next() {
      if (current + 1 == inBlock) {
        if (passed + inBlock == count) {
          return false;
        }
        passed += inBlock;
        read();
        current = -1;
      }
      current++;
      return true;
    }

    private void read() {
      inBlock = (int) Math.min(BLOCK_BYTES / recordBytes, count - passed);
      int length = inBlock * recordBytes;
      if (block.length < length + Integer.BYTES) {
        block = new byte[length + Integer.BYTES];
      }
      blobs.read(name, position, ByteBuffer.wrap(block, 0, length + Integer.BYTES));
      if (ByteBuffer.wrap(block).getInt(length) != checksum(block, length)) {
        throw new StillpointException(
            ErrorKind.CORRUPT_DATA,
            "The temporary file " + name + " of " + blobs.location() + " is damaged",
            "Check the disk, then try again.");
      }
      position += length + Integer.BYTES;
    }

    @Override
    public byte[] buffer() {
      return block;
    }

    @Override
    public int offset() {
      return current * recordBytes;
    }
  }
}
