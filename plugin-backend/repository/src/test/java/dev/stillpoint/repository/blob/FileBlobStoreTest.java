package dev.stillpoint.repository.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileBlobStoreTest extends BlobStoreContract {

  @TempDir private Path directory;

  @Override
  BlobStore open() {
    return FileBlobStore.open(directory);
  }

  @Test
  void clearsWhatACrashLeftHalfPublished() throws IOException {
    Files.createDirectory(directory.resolve("tmp"));
    Path leftover = Files.writeString(directory.resolve("tmp/t1"), "half");
    FileBlobStore.open(directory).close();
    assertThat(leftover).doesNotExist();
  }

  @Test
  void leavesForeignFilesOutOfItsListing() throws IOException {
    Files.createDirectories(directory.resolve("packs/sub"));
    Files.writeString(directory.resolve("packs/Thumbs.db"), "x");
    try (BlobStore blobs = open()) {
      assertThat(blobs.list("packs")).isEmpty();
    }
  }

  @Test
  void readsManyMoreFilesThanItKeepsOpenFromManyThreadsThatAreInterrupted() throws Exception {
    int files = 150;
    ExecutorService executor = Executors.newFixedThreadPool(4);
    try (BlobStore blobs = open()) {
      for (int i = 0; i < files; i++) {
        blobs.publish(BlobName.of("packs", i + ".pack"), new byte[] {(byte) i});
      }
      Callable<Boolean> readAll =
          () -> {
            for (int i = 0; i < 5 * files; i++) {
              if (i % 7 == 0) {
                Thread.currentThread().interrupt();
              }
              ByteBuffer into = ByteBuffer.allocate(1);
              blobs.read(BlobName.of("packs", i % files + ".pack"), 0, into);
              assertThat(into.get(0)).isEqualTo((byte) (i % files));
              assertThat(Thread.interrupted()).isEqualTo(i % 7 == 0);
            }
            return true;
          };
      List<Future<Boolean>> results = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        results.add(executor.submit(readAll));
      }
      for (Future<Boolean> result : results) {
        assertThat(result.get()).isTrue();
      }
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  void saysThatTheDiskIsFullWithTheDirectoryAndWhatIsFree() throws IOException {
    Path alwaysFull = Path.of("/dev/full");
    Assumptions.assumeTrue(Files.isWritable(alwaysFull), "needs Linux' /dev/full");
    Files.createDirectories(directory.resolve("tmp"));
    // The store numbers its temporary files from one; writing this one fails as a full disk does.
    Path trap = directory.resolve("tmp/t1");
    try (BlobStore blobs = open()) {
      Files.createSymbolicLink(trap, alwaysFull);
      assertThatThrownBy(() -> blobs.publish(new BlobName("points/x"), new byte[10]))
          .isInstanceOfSatisfying(
              StillpointException.class,
              e -> {
                assertThat(e.kind()).isEqualTo(ErrorKind.OUT_OF_SPACE);
                assertThat(e)
                    .hasMessageContaining(directory.toString())
                    .hasMessageContaining("bytes are free");
                assertThat(e.remedy()).isNotEmpty();
              });
      assertThat(trap).doesNotExist();
      assertThat(blobs.exists(new BlobName("points/x"))).isFalse();
    }
  }
}
