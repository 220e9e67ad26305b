package dev.stillpoint.repository.nbd;

import dev.stillpoint.model.ByteRange;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.ImageReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** Answers reads with a buffer of its own. One thread. */
final class Reading {

  /** What is read at a time, and what a client gets without fragments. */
  static final int MAX_PIECE_BYTES = 1 << 20;

  private final ImageReader image;
  private final Replies replies;
  private byte[] buffer = new byte[0];

  Reading(ImageReader image, Replies replies) {
    this.image = image;
    this.replies = replies;
  }

  /** A structured read failed after parts of it may have been sent. */
  static final class Failure extends Exception {

    private final long offset;
    private final StillpointException cause;

    private Failure(long offset, StillpointException cause) {
      super(cause);
      this.offset = offset;
      this.cause = cause;
    }

    long offset() {
      return offset;
    }

    StillpointException cause() {
      return cause;
    }
  }

  /**
   * Sends all that was asked for, or an error.
   *
   * @throws StillpointException when the image cannot be read and nothing has been sent
   * @throws Failure when the image cannot be read at a place, of a structured reply
   * @throws IOException when the connection is of no more use
   */
  void answer(Request request) throws IOException, Failure {
    boolean structured = replies.structured();
    if (!request.hasOnly(structured ? Wire.CMD_FLAG_DF : 0)
        || !request.liesWithin(image.size().bytes())) {
      replies.error(request, Wire.EINVAL, "Beyond the end, empty, or with unknown flags");
    } else if (request.length() > limit(request)) {
      replies.error(
          request,
          structured ? Wire.EOVERFLOW : Wire.EINVAL,
          "At most " + limit(request) + " bytes at a time");
    } else if (!structured) {
      simple(request);
    } else if (request.has(Wire.CMD_FLAG_DF)) {
      data(request, new ByteRange(request.offset(), request.length()), true);
    } else {
      structured(request);
    }
  }

  private static long limit(Request request) {
    return request.has(Wire.CMD_FLAG_DF) ? MAX_PIECE_BYTES : Wire.MAX_PAYLOAD_BYTES;
  }

  /** The header says that all is well, so what fits is read before, and the rest must not fail. */
  private void simple(Request request) throws IOException {
    int first = (int) Math.min(request.length(), MAX_PIECE_BYTES);
    read(request.offset(), first);
    replies.simpleData(
        request,
        out -> {
          out.write(buffer, 0, first);
          long end = request.offset() + request.length();
          for (long at = request.offset() + first; at < end; ) {
            int length = (int) Math.min(end - at, MAX_PIECE_BYTES);
            try {
              read(at, length);
            } catch (StillpointException e) {
              throw new IOException(e.getMessage(), e);
            }
            out.write(buffer, 0, length);
            at += length;
          }
        });
  }

  private void structured(Request request) throws IOException, Failure {
    ByteRange whole = new ByteRange(request.offset(), request.length());
    List<ByteRange> ranges = image.dataRanges(whole);
    long at = whole.start();
    for (ByteRange range : ranges) {
      hole(request, at, range.start());
      for (at = range.start(); at < range.end(); ) {
        long end = Math.min(range.end(), at + MAX_PIECE_BYTES);
        data(request, ByteRange.between(at, end), end == whole.end());
        at = end;
      }
    }
    hole(request, at, whole.end());
  }

  private void data(Request request, ByteRange piece, boolean last) throws IOException, Failure {
    int length = (int) piece.length();
    try {
      read(piece.start(), length);
    } catch (StillpointException e) {
      throw new Failure(piece.start(), e);
    }
    replies.data(request, last, piece.start(), buffer, length);
  }

  private void hole(Request request, long from, long to) throws IOException {
    if (from < to) {
      boolean last = to == request.offset() + request.length();
      replies.hole(request, last, from, (int) (to - from));
    }
  }

  private void read(long offset, int length) {
    if (buffer.length < length) {
      buffer = new byte[length];
    }
    image.read(offset, ByteBuffer.wrap(buffer, 0, length));
  }
}
