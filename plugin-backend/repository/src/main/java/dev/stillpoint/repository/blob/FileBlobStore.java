package dev.stillpoint.repository.blob;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Blobs as files of a local directory.
 *
 * <p>Writing goes through streams, not channels: an interrupted thread would close a channel under
 * the pack that other backups append to.
 */
public final class FileBlobStore implements BlobStore {

  private static final String TEMPORARY = "tmp";

  private final Path directory;
  private final FileFailures failures;
  private final SpaceClaims claims;
  private final OpenFiles openFiles = new OpenFiles();
  private final AtomicLong temporaries = new AtomicLong();

  private FileBlobStore(Path directory) {
    this.directory = directory;
    this.failures = new FileFailures(directory);
    this.claims = new FileSpaceClaims(directory, openFiles, failures);
  }

  /**
   * Opens an existing directory whose lock the caller holds, and clears what a crash left half
   * published.
   */
  public static FileBlobStore open(Path directory) {
    requireNonNull(directory, "directory");
    FileBlobStore store = new FileBlobStore(directory);
    store.forEachFile(directory.resolve(TEMPORARY), store::clear);
    return store;
  }

  private void clear(Path leftover) {
    try {
      Files.deleteIfExists(leftover);
    } catch (IOException e) {
      throw failures.of("clear the temporary files of", directory, e);
    }
  }

  @Override
  public BlobAppender create(BlobName name) {
    Path file = path(name);
    if (Files.exists(file)) {
      throw new StillpointException(
          ErrorKind.CONFLICT, "The file " + file + " exists", "Open the repository again.");
    }
    try {
      Folders.makeFor(file);
      return new FileAppender(file, new FileOutputStream(file.toFile()), failures);
    } catch (IOException e) {
      throw failures.of("create", file, e);
    }
  }

  @Override
  public void sync(BlobName name) {
    Path file = path(name);
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "r")) {
      open.getFD().sync();
      Folders.sync(file.getParent());
    } catch (IOException e) {
      throw failures.of("flush", file, e);
    }
  }

  @Override
  public void read(BlobName name, long offset, ByteBuffer into) {
    Path file = path(name);
    int wantedBytes = into.remaining();
    boolean complete;
    try {
      complete = openFiles.read(file, offset, into);
    } catch (IOException e) {
      throw failures.of("read", file, e);
    }
    if (!complete) {
      throw new StillpointException(
          ErrorKind.CORRUPT_DATA,
          "The file " + file + " ends before offset " + (offset + wantedBytes),
          "Verify the repository; restore the file from a copy of it if there is one.");
    }
  }

  @Override
  public long size(BlobName name) {
    Path file = path(name);
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw failures.of("read the size of", file, e);
    }
  }

  @Override
  public boolean exists(BlobName name) {
    return Files.exists(path(name));
  }

  @Override
  public void publish(BlobName name, byte[] content) {
    Path file = path(name);
    Path temporary = directory.resolve(TEMPORARY).resolve("t" + temporaries.incrementAndGet());
    try {
      Folders.makeFor(file);
      Folders.makeFor(temporary);
      try (FileOutputStream out = new FileOutputStream(temporary.toFile())) {
        out.write(content);
        out.getFD().sync();
      }
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      openFiles.forget(file);
      Folders.sync(file.getParent());
    } catch (IOException e) {
      StillpointException failure = failures.of("write", file, e);
      try {
        Files.deleteIfExists(temporary);
      } catch (IOException second) {
        failure.addSuppressed(second);
      }
      throw failure;
    }
  }

  @Override
  public void move(BlobName from, BlobName to) {
    Path source = path(from);
    Path target = path(to);
    try {
      Folders.makeFor(target);
      openFiles.forget(source);
      Files.move(
          source, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      openFiles.forget(target);
      Folders.sync(target.getParent());
      Folders.sync(source.getParent());
    } catch (NoSuchFileException e) {
      throw failures.of("move", source, e);
    } catch (IOException e) {
      throw failures.of("write", target, e);
    }
  }

  @Override
  public List<BlobEntry> list(String folder) {
    List<BlobEntry> entries = new ArrayList<>();
    forEach(folder, entries::add);
    entries.sort(Comparator.comparing(entry -> entry.name().value()));
    return entries;
  }

  @Override
  public void forEach(String folder, Consumer<BlobEntry> visitor) {
    forEachFile(
        directory.resolve(folder), file -> show(folder + "/" + file.getFileName(), file, visitor));
  }

  @Override
  public void forEach(Consumer<BlobEntry> visitor) {
    forEachFile(
        directory,
        file -> {
          String name = file.getFileName().toString();
          if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            forEach(name, visitor);
          } else {
            show(name, file, visitor);
          }
        });
  }

  private void show(String name, Path file, Consumer<BlobEntry> visitor) {
    if (!BlobName.isSafe(name)) {
      return;
    }
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      if (attributes.isRegularFile()) {
        visitor.accept(new BlobEntry(new BlobName(name), attributes.size()));
      }
    } catch (NoSuchFileException ignored) {
      // Deleted since the folder was read: an expiry runs beside us.
    } catch (IOException e) {
      throw failures.of("list", file, e);
    }
  }

  @Override
  public void delete(List<BlobName> names) {
    Set<Path> folders = new HashSet<>();
    for (BlobName name : names) {
      Path file = path(name);
      try {
        Files.deleteIfExists(file);
        // Not before: a reader may open it again, and an open file keeps its space.
        openFiles.forget(file);
        folders.add(file.getParent());
      } catch (IOException e) {
        throw failures.of("delete", file, e);
      }
    }
    folders.forEach(this::syncIfThere);
  }

  private void syncIfThere(Path folder) {
    try {
      if (Files.exists(folder)) {
        Folders.sync(folder);
      }
    } catch (IOException e) {
      throw failures.of("write", folder, e);
    }
  }

  @Override
  public ByteCount free() {
    try {
      return ByteCount.ofBytes(Files.getFileStore(directory).getUsableSpace());
    } catch (IOException e) {
      throw failures.of("read the free space of", directory, e);
    }
  }

  @Override
  public SpaceClaims claims() {
    return claims;
  }

  @Override
  public String location() {
    return directory.toString();
  }

  @Override
  public void close() {
    try {
      openFiles.close();
    } catch (IOException e) {
      throw failures.of("close", directory, e);
    }
  }

  private Path path(BlobName name) {
    return directory.resolve(name.value());
  }

  /** Nothing happens where there is no such folder. */
  private void forEachFile(Path path, Consumer<Path> visitor) {
    try {
      if (Files.isDirectory(path)) {
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(path)) {
          stream.forEach(visitor);
        } catch (DirectoryIteratorException e) {
          throw e.getCause();
        }
      }
    } catch (IOException e) {
      throw failures.of("list", path, e);
    }
  }
}
