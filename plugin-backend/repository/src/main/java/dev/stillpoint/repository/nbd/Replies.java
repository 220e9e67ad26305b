package dev.stillpoint.repository.nbd;

import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** Sends replies in the form that was agreed on. Thread-safe: each is sent in one piece. */
final class Replies {

  private static final int DESCRIPTOR_BYTES = 8;
  private static final int OFFSET_BYTES = 8;

  private final DataOutputStream out;
  private final boolean structured;
  private final Lock lock = new ReentrantLock();

  Replies(DataOutputStream out, boolean structured) {
    this.out = out;
    this.structured = structured;
  }

  boolean structured() {
    return structured;
  }

  /** A success without data. */
  void done(Request request) throws IOException {
    send(
        () -> {
          if (structured) {
            header(request, Wire.REPLY_NONE, true, 0);
          } else {
            simpleHeader(request, 0);
          }
        });
  }

  /**
   * @param error one of the E numbers
   */
  void error(Request request, int error, String message) throws IOException {
    byte[] text = NbdText.message(message);
    send(
        () -> {
          if (structured) {
            header(request, Wire.REPLY_ERROR, true, 6 + text.length);
            out.writeInt(error);
            out.writeShort(text.length);
            out.write(text);
          } else {
            simpleHeader(request, error);
          }
        });
  }

  /** The end of a structured read that has failed at an offset. */
  void errorAt(Request request, int error, String message, long offset) throws IOException {
    byte[] text = NbdText.message(message);
    send(
        () -> {
          header(request, Wire.REPLY_ERROR_OFFSET, true, 14 + text.length);
          out.writeInt(error);
          out.writeShort(text.length);
          out.write(text);
          out.writeLong(offset);
        });
  }

  /** A part of a structured read. */
  void data(Request request, boolean last, long offset, byte[] data, int length)
      throws IOException {
    send(
        () -> {
          header(request, Wire.REPLY_OFFSET_DATA, last, OFFSET_BYTES + length);
          out.writeLong(offset);
          out.write(data, 0, length);
        });
  }

  /** A part of a structured read that is zeroes. */
  void hole(Request request, boolean last, long offset, int length) throws IOException {
    send(
        () -> {
          header(request, Wire.REPLY_OFFSET_HOLE, last, OFFSET_BYTES + 4);
          out.writeLong(offset);
          out.writeInt(length);
        });
  }

  void allocation(Request request, List<Allocation.Extent> extents) throws IOException {
    send(
        () -> {
          int bytes = 4 + DESCRIPTOR_BYTES * extents.size();
          header(request, Wire.REPLY_BLOCK_STATUS, true, bytes);
          out.writeInt(Handshake.ALLOCATION_ID);
          for (Allocation.Extent extent : extents) {
            out.writeInt((int) extent.bytes());
            out.writeInt(extent.data() ? 0 : Wire.STATE_HOLE_AND_ZERO);
          }
        });
  }

  /**
   * The data of a read that is answered in the simple form. No other reply can be sent meanwhile.
   *
   * @param body writes exactly what was asked for; when it fails, the connection must end
   */
  void simpleData(Request request, Body body) throws IOException {
    send(
        () -> {
          simpleHeader(request, 0);
          body.writeTo(out);
        });
  }

  private void send(Sending sending) throws IOException {
    lock.lock();
    try {
      sending.run();
      out.flush();
    } finally {
      lock.unlock();
    }
  }

  private void header(Request request, int type, boolean last, int length) throws IOException {
    out.writeInt(Wire.STRUCTURED_REPLY_MAGIC);
    out.writeShort(last ? Wire.REPLY_FLAG_DONE : 0);
    out.writeShort(type);
    out.writeLong(request.cookie());
    out.writeInt(length);
  }

  private void simpleHeader(Request request, int error) throws IOException {
    out.writeInt(Wire.SIMPLE_REPLY_MAGIC);
    out.writeInt(error);
    out.writeLong(request.cookie());
  }

  /** What follows a simple header. */
  interface Body {
    void writeTo(DataOutputStream out) throws IOException;
  }

  /** Writes to the client. */
  private interface Sending {
    void run() throws IOException;
  }
}
