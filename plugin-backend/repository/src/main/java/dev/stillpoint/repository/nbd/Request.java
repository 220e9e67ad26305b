package dev.stillpoint.repository.nbd;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.ProtocolException;

/**
 * One request as a client sent it; nothing in it is checked.
 *
 * @param cookie goes back with the answer
 * @param offset in bytes, unsigned
 * @param length in bytes, unsigned 32 bits
 */
record Request(int flags, int type, long cookie, long offset, long length) {

  /**
   * @throws ProtocolException when this is no request: where the next one starts is not known then
   */
  static Request read(DataInputStream in) throws IOException {
    int magic = in.readInt();
    if (magic != Wire.REQUEST_MAGIC) {
      throw new ProtocolException("Not the start of a request: " + Integer.toHexString(magic));
    }
    return new Request(
        in.readUnsignedShort(),
        in.readUnsignedShort(),
        in.readLong(),
        in.readLong(),
        Integer.toUnsignedLong(in.readInt()));
  }

  boolean has(int flag) {
    return (flags & flag) != 0;
  }

  /** Whether there is no flag but these; FUA is sent with anything by some clients. */
  boolean hasOnly(int allowed) {
    return (flags & ~(allowed | Wire.CMD_FLAG_FUA)) == 0;
  }

  boolean liesWithin(long sizeBytes) {
    return length > 0 && offset >= 0 && length <= sizeBytes && offset <= sizeBytes - length;
  }
}
