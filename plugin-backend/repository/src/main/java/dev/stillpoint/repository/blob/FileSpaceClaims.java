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
  private final OpenFiles openFiles;
  private final FileFailures failures;

  /**
   * @param openFiles of the store, which must forget a file that is replaced
   */
  FileSpaceClaims(Path directory, OpenFiles openFiles, FileFailures failures) {
    this.directory = directory;
    this.openFiles = openFiles;
    this.failures = failures;
  }

  @Override
  public void makeFolder(String folder) {
    Path path = directory.resolve(folder);
    try {
      Folders.makeFor(path.resolve("blob"));
    } catch (IOException e) {
      throw failures.of("make", path, e);
    }
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
  public void publish(BlobName claimed, BlobName name, byte[] content) {
    Path from = path(claimed);
    Path to = path(name);
    try {
      Folders.makeFor(to);
      try (RandomAccessFile out = new RandomAccessFile(from.toFile(), "rw")) {
        out.write(content);
        out.setLength(content.length);
        out.getFD().sync();
      }
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      openFiles.forget(to);
      Folders.sync(to.getParent());
    } catch (IOException e) {
      release(claimed);
      throw failures.of("write", to, e);
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
