package dev.stillpoint.repository.blob;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;

/** Writes one file to its end. */
final class FileAppender implements BlobAppender {

  private final Path file;
  private final FileOutputStream out;
  private final FileFailures failures;
  private boolean nameIsDurable;

  FileAppender(Path file, FileOutputStream out, FileFailures failures) {
    this.file = file;
    this.out = out;
    this.failures = failures;
  }

  @Override
  public void append(byte[] data, int offset, int length) {
    try {
      out.write(data, offset, length);
    } catch (IOException e) {
      throw failures.of("write", file, e);
    }
  }

  @Override
  public synchronized void flush() {
    try {
      out.getFD().sync();
      if (!nameIsDurable) {
        Folders.sync(file.getParent());
        nameIsDurable = true;
      }
    } catch (IOException e) {
      throw failures.of("flush", file, e);
    }
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw failures.of("close", file, e);
    }
  }
}
