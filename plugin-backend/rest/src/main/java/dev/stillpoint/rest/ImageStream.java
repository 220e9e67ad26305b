package dev.stillpoint.rest;

import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.ImageReader;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a part of an image with a buffer of 1 MiB, then closes the image. The answer's length must
 * be told before: only then does the caller see that one which breaks off is not whole.
 */
final class ImageStream implements StreamingOutput {

  private static final Logger LOG = LoggerFactory.getLogger(ImageStream.class);
  private static final int MAX_PIECE_BYTES = 1 << 20;

  private final ImageReader image;
  private final String name;
  private final long start;
  private final long end;
  private final byte[] buffer;

  private ImageStream(ImageReader image, String name, long start, long end) {
    this.image = image;
    this.name = name;
    this.start = start;
    this.end = end;
    this.buffer = new byte[(int) Math.min(MAX_PIECE_BYTES, end - start)];
  }

  /**
   * Reads the first piece, so that what cannot be read at all is still answered with a status.
   *
   * @param image is closed when this fails, and by {@link #write} else
   * @param name for the log
   * @throws StillpointException CORRUPT_DATA
   */
  static ImageStream of(ImageReader image, String name, long start, long end) {
    ImageStream stream = new ImageStream(image, name, start, end);
    boolean ready = false;
    try {
      stream.fill(start);
      ready = true;
      return stream;
    } finally {
      if (!ready) {
        image.close();
      }
    }
  }

  @Override
  public void write(OutputStream out) throws IOException {
    try (image) {
      long at = start;
      int length = buffer.length;
      while (at < end) {
        out.write(buffer, 0, length);
        at += length;
        length = fill(at);
      }
    } catch (StillpointException e) {
      LOG.warn("Sending the {} breaks off: {}", name, e.getMessage());
      throw new IOException(e.getMessage(), e);
    }
  }

  private int fill(long at) {
    int length = (int) Math.min(buffer.length, end - at);
    image.read(at, ByteBuffer.wrap(buffer, 0, length));
    return length;
  }
}
