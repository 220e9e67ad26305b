package dev.stillpoint.repository.blob;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Blobs as files of a local directory.
 *
 * <p>Writing goes through streams, not channels: an interrupted thread would close a channel under
 * the pack that other backups append to.
 */
public final class FileBlobStore implements BlobStore {

  private static final String TEMPORARY = "tmp";
  private static final long FULL_BELOW_BYTES = 1 << 20;

  private final Path directory;
  private final OpenFiles openFiles = new OpenFiles();
  private final AtomicLong temporaries = new AtomicLong();

  private FileBlobStore(Path directory) {
    this.directory = directory;
  }

  /**
   * Opens an existing directory whose lock the caller holds, and clears what a crash left half
   * published.
   */
  public static FileBlobStore open(Path directory) {
    requireNonNull(directory, "directory");
    FileBlobStore store = new FileBlobStore(directory);
    try {
      for (Path leftover : store.files(TEMPORARY)) {
        Files.deleteIfExists(leftover);
      }
    } catch (IOException e) {
      throw store.failure("clear the temporary files of", directory, e);
    }
    return store;
  }

  @Override
  public BlobAppender create(BlobName name) {
    Path file = path(name);
    if (Files.exists(file)) {
      throw new StillpointException(
          ErrorKind.CONFLICT, "The file " + file + " exists", "Open the repository again.");
    }
    try {
      makeFolder(file);
      return new FileAppender(file, new FileOutputStream(file.toFile()));
    } catch (IOException e) {
      throw failure("create", file, e);
    }
  }

  @Override
  public void sync(BlobName name) {
    Path file = path(name);
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "r")) {
      open.getFD().sync();
      syncFolder(file);
    } catch (IOException e) {
      throw failure("flush", file, e);
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
      throw failure("read", file, e);
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
      throw failure("read the size of", file, e);
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
      makeFolder(file);
      makeFolder(temporary);
      try (FileOutputStream out = new FileOutputStream(temporary.toFile())) {
        out.write(content);
        out.getFD().sync();
      }
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      openFiles.forget(file);
      syncFolder(file);
    } catch (IOException e) {
      StillpointException failure = failure("write", file, e);
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
      makeFolder(target);
      openFiles.forget(source);
      Files.move(
          source, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      openFiles.forget(target);
      syncFolder(target);
      syncFolder(source);
    } catch (NoSuchFileException e) {
      throw failure("move", source, e);
    } catch (IOException e) {
      throw failure("write", target, e);
    }
  }

  @Override
  public List<BlobEntry> list(String folder) {
    List<BlobEntry> entries = new ArrayList<>();
    try {
      for (Path file : files(folder)) {
        String name = folder + "/" + file.getFileName();
        if (BlobName.isSafe(name) && Files.isRegularFile(file)) {
          addIfThere(entries, new BlobName(name), file);
        }
      }
    } catch (IOException e) {
      throw failure("list", directory.resolve(folder), e);
    }
    entries.sort(Comparator.comparing(entry -> entry.name().value()));
    return entries;
  }

  private static void addIfThere(List<BlobEntry> entries, BlobName name, Path file)
      throws IOException {
    try {
      entries.add(new BlobEntry(name, Files.size(file)));
    } catch (NoSuchFileException ignored) {
      // Deleted since the folder was read: an expiry runs beside us.
    }
  }

  @Override
  public void delete(BlobName name) {
    Path file = path(name);
    try {
      openFiles.forget(file);
      Files.deleteIfExists(file);
      if (Files.exists(file.getParent())) {
        syncFolder(file);
      }
    } catch (IOException e) {
      throw failure("delete", file, e);
    }
  }

  @Override
  public ByteCount free() {
    try {
      return ByteCount.ofBytes(Files.getFileStore(directory).getUsableSpace());
    } catch (IOException e) {
      throw failure("read the free space of", directory, e);
    }
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
      throw failure("close", directory, e);
    }
  }

  private Path path(BlobName name) {
    return directory.resolve(name.value());
  }

  private List<Path> files(String folder) throws IOException {
    Path path = directory.resolve(folder);
    List<Path> files = new ArrayList<>();
    if (Files.isDirectory(path)) {
      try (DirectoryStream<Path> stream = Files.newDirectoryStream(path)) {
        stream.forEach(files::add);
      }
    }
    return files;
  }

  private void makeFolder(Path file) throws IOException {
    Path folder = file.getParent();
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder);
      syncFolder(folder);
    }
  }

  private static void syncFolder(Path file) throws IOException {
    boolean interrupted = false;
    try {
      while (true) {
        try (FileChannel folder = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
          folder.force(true);
          return;
        } catch (ClosedByInterruptException e) {
          interrupted |= Thread.interrupted();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Says in our words what the operating system said in its own. */
  private StillpointException failure(String verb, Path file, Exception cause) {
    if (cause instanceof NoSuchFileException || cause instanceof FileNotFoundException) {
      return new StillpointException(
          ErrorKind.NOT_FOUND, "The file " + file + " does not exist", "", cause);
    }
    String text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    long freeBytes = directory.toFile().getUsableSpace();
    // The operating system's text may be translated, so the figure decides where the text does not.
    if (text.contains("no space left")
        || text.contains("quota exceeded")
        || (freeBytes < FULL_BELOW_BYTES && Files.isDirectory(directory))) {
      return new StillpointException(
          ErrorKind.OUT_OF_SPACE,
          "The repository " + directory + " is full: " + freeBytes + " bytes are free",
          "Make room on its file system or expire restore points.",
          cause);
    }
    return new StillpointException(
        ErrorKind.STORAGE_UNAVAILABLE,
        "Cannot " + verb + " " + file + ": " + cause,
        "Check the disk and the rights on the repository's directory.",
        cause);
  }

  private final class FileAppender implements BlobAppender {

    private final Path file;
    private final FileOutputStream out;
    private boolean nameIsDurable;

    FileAppender(Path file, FileOutputStream out) {
      this.file = file;
      this.out = out;
    }

    @Override
    public void append(byte[] data, int offset, int length) {
      try {
        out.write(data, offset, length);
      } catch (IOException e) {
        throw failure("write", file, e);
      }
    }

    @Override
    public synchronized void flush() {
      try {
        out.getFD().sync();
        if (!nameIsDurable) {
          syncFolder(file);
          nameIsDurable = true;
        }
      } catch (IOException e) {
        throw failure("flush", file, e);
      }
    }

    @Override
    public void close() {
      try {
        out.close();
      } catch (IOException e) {
        throw failure("close", file, e);
      }
    }
  }
}
