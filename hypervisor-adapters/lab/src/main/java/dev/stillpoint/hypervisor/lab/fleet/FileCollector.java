package dev.stillpoint.hypervisor.lab.fleet;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Collects files of this machine into one directory until there are enough of them. */
final class FileCollector {
  private static final Logger LOG = LoggerFactory.getLogger(FileCollector.class);
  private static final int BLOCK_BYTES = 4096;
  private static final int MAX_FILES = 8_000;

  private final Path into;
  private long roomBytes;
  private int files;

  FileCollector(Path into, long limitBytes) {
    this.into = into;
    this.roomBytes = limitBytes;
  }

  void collect(List<Path> sources) throws IOException {
    for (Path source : sources) {
      if (Files.isDirectory(source)) {
        collect(source.toRealPath());
      }
    }
  }

  private void collect(Path source) throws IOException {
    Files.walkFileTree(
        source,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
            // What is being collected must not be collected again.
            boolean wanted = Files.isReadable(dir) && !dir.startsWith(into.toAbsolutePath());
            return wanted ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (attributes.isRegularFile() && Files.isReadable(file)) {
              take(file, attributes.size());
            }
            boolean enough = roomBytes <= 0 || files >= MAX_FILES;
            return enough ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure) {
            LOG.debug("passed over {}", file, failure);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private void take(Path file, long size) throws IOException {
    long needed = (size / BLOCK_BYTES + 1) * BLOCK_BYTES;
    if (needed > roomBytes) {
      return;
    }
    Path target = into.resolve(file.getRoot().relativize(file));
    Files.createDirectories(target.getParent());
    link(file, target);
    roomBytes -= needed;
    files++;
  }

  /** A hard link costs nothing; where it is not allowed the file is copied. */
  private static void link(Path file, Path target) throws IOException {
    try {
      Files.createLink(target, file);
    } catch (IOException | UnsupportedOperationException e) {
      LOG.debug("copied {}, as it cannot be linked", file, e);
      Files.copy(file, target);
    }
  }
}
