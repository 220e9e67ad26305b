package dev.stillpoint.hypervisor.lab.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.commons.io.file.PathUtils;

/** The folder the demo works in; locked while it is, and only ever cleared if it is the demo's. */
final class WorkDirectory implements AutoCloseable {

  private static final String MARK = "stillpoint-demo.lock";

  private final Path path;
  private final FileChannel mark;

  private WorkDirectory(Path path, FileChannel mark) {
    this.path = path;
    this.mark = mark;
  }

  /** Opens it, making it where it is missing. */
  static WorkDirectory open(Path path) {
    try {
      Files.createDirectories(path);
      if (!Files.exists(path.resolve(MARK)) && !children(path).isEmpty()) {
        throw new DemoFailure(
            "The folder " + path + " holds something that is not the demo's; name an empty one");
      }
      FileChannel mark = FileChannel.open(path.resolve(MARK), CREATE, WRITE);
      FileLock lock = mark.tryLock();
      if (lock == null) {
        mark.close();
        throw new DemoFailure("Another demo is running in " + path + "; stop it first");
      }
      return new WorkDirectory(path, mark);
    } catch (IOException e) {
      throw new DemoFailure("Cannot use the folder " + path + ": " + e, e);
    }
  }

  Path path() {
    return path;
  }

  /** Forgets all that earlier demos left. */
  void clear() {
    try {
      for (Path child : children(path)) {
        if (!child.getFileName().toString().equals(MARK)) {
          PathUtils.delete(child);
        }
      }
    } catch (IOException | UncheckedIOException e) {
      throw new DemoFailure("Cannot clear the folder " + path + ": " + e.getMessage(), e);
    }
  }

  /** An empty folder of that name. */
  Path empty(String name) {
    Path folder = path.resolve(name);
    try {
      FileUtils.deleteDirectory(folder.toFile());
      return Files.createDirectory(folder);
    } catch (IOException | UncheckedIOException e) {
      throw new DemoFailure("Cannot clear the folder " + folder + ": " + e.getMessage(), e);
    }
  }

  /** Writes a small file. */
  Path write(String name, String text) {
    try {
      return Files.writeString(path.resolve(name), text, UTF_8);
    } catch (IOException e) {
      throw new DemoFailure("Cannot write " + path.resolve(name) + ": " + e.getMessage(), e);
    }
  }

  private static List<Path> children(Path folder) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      return children.toList();
    }
  }

  /** Lets the next demo in. */
  @Override
  public void close() {
    try {
      mark.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
