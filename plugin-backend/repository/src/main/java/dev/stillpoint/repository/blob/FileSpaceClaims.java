package dev.stillpoint.repository.blob;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.posix.PosixFiles;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Claims blocks of a local file system for files that are empty yet. */
final class FileSpaceClaims implements SpaceClaims {

  private final Path directory;
  private final FileFailures failures;

  FileSpaceClaims(Path directory, FileFailures failures) {
    this.directory = directory;
    this.failures = failures;
  }

  @Override
  public boolean claim(BlobName name, long bytes) {
    Path file = path(name);
    boolean claimed = false;
    try {
      Folders.makeFor(file);
      claimed = PosixFiles.claim(file, bytes);
      return claimed;
    } catch (IOException e) {
      throw failures.of("claim space for", file, e);
    } finally {
      if (!claimed) {
        release(name);
      }
    }
  }

  @Override
  public BlobAppender takeOver(BlobName claimed, BlobName name) {
    Path from = path(claimed);
    Path to = path(name);
    if (Files.exists(to)) {
      throw new StillpointException(
          ErrorKind.CONFLICT, "The file " + to + " exists", "Open the repository again.");
    }
    try {
      Folders.makeFor(to);
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
      return new FileAppender(to, new FileOutputStream(to.toFile(), true), failures);
    } catch (IOException e) {
      throw failures.of("create", to, e);
    }
  }

  @Override
  public long room(BlobName name) {
    Path file = path(name);
    try {
      return Math.max(0, PosixFiles.allocatedBytes(file) - Files.size(file));
    } catch (IOException e) {
      throw failures.of("read the size of", file, e);
    }
  }

  @Override
  public void trim(BlobName name) {
    Path file = path(name);
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
      // Even the same length gives back the blocks beyond it.
      open.setLength(open.length());
    } catch (IOException e) {
      throw failures.of("trim", file, e);
    }
  }

  @Override
  public void release(BlobName name) {
    Path file = path(name);
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw failures.of("delete", file, e);
    }
  }

  private Path path(BlobName name) {
    return directory.resolve(name.value());
  }
}
