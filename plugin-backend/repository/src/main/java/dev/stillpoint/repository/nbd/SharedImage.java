package dev.stillpoint.repository.nbd;

import dev.stillpoint.repository.ImageReader;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** One export's image, open while anybody uses it. Thread-safe. */
final class SharedImage {

  private final NbdExport export;
  private Optional<ImageReader> reader = Optional.empty();
  private int users;

  SharedImage(NbdExport export) {
    this.export = export;
  }

  NbdExport export() {
    return export;
  }

  /**
   * Opens the image unless it is.
   *
   * @throws dev.stillpoint.model.StillpointException what the export's opener throws
   */
  synchronized Lease acquire() {
    ImageReader open = reader.orElseGet(export.opener());
    reader = Optional.of(open);
    users++;
    return new Lease(open);
  }

  private synchronized void release() {
    users--;
    if (users == 0) {
      reader.ifPresent(ImageReader::close);
      reader = Optional.empty();
    }
  }

  /** One user's hold on the image. */
  final class Lease implements AutoCloseable {

    private final ImageReader image;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Lease(ImageReader image) {
      this.image = image;
    }

    SharedImage owner() {
      return SharedImage.this;
    }

    ImageReader image() {
      return image;
    }

    @Override
    public void close() {
      if (!closed.getAndSet(true)) {
        release();
      }
    }
  }
}
