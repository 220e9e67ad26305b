package dev.stillpoint.repository;

import static dev.stillpoint.repository.Samples.backUp;
import static dev.stillpoint.repository.Samples.read;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.Cancellation;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.posix.PosixFiles;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reserve on small real file systems, where we may mount any. */
class RealDiskTest {

  private static final ByteCount RESERVE = ByteCount.ofMebibytes(96);

  /** One piece of ballast that is not wholly needed, 33 MiB of change, and the disk's own. */
  private static final ByteCount BEYOND = ByteCount.ofMebibytes(32 + 33 + 1);

  @Nested
  class OnExt4 extends OnASmallDisk {
    @Override
    void mount(Path folder, Path mountPoint) throws Exception {
      Path image = folder.resolve("disk.img");
      try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
        file.setLength(ByteCount.ofMebibytes(220).bytes());
      }
      run("mkfs.ext4", "-q", "-b", "4096", "-O", "^has_journal", "-m", "0", image.toString());
      run("mount", "-o", "loop", image.toString(), mountPoint.toString());
    }
  }

  @Nested
  class OnTmpfs extends OnASmallDisk {
    @Override
    void mount(Path folder, Path mountPoint) throws Exception {
      run("mount", "-t", "tmpfs", "-o", "size=210m", "none", mountPoint.toString());
    }
  }

  abstract static class OnASmallDisk {

    @TempDir private Path folder;
    private Path disk;
    private Path directory;

    abstract void mount(Path folder, Path mountPoint) throws Exception;

    @BeforeEach
    void mountDisk() throws Exception {
      assumeTrue("root".equals(System.getProperty("user.name")), "mounting needs root");
      disk = Files.createDirectory(folder.resolve("mnt"));
      directory = disk.resolve("repository");
      mount(folder, disk);
    }

    @AfterEach
    void unmountDisk() throws Exception {
      if (disk != null && Files.exists(disk)) {
        new ProcessBuilder("umount", disk.toString()).start().waitFor();
      }
    }

    @Test
    void aProgramThatFillsTheDiskDoesNotStarveABackup() throws Exception {
      byte[] content = noise(1, 72);
      create().close();
      Process filler = DiskFiller.start(disk.resolve("fill"));
      try (Repository repository = Repository.open(directory, InstantSource.system())) {
        while (Files.getFileStore(disk).getUsableSpace() > 1 << 20) {
          assertThat(filler.isAlive()).isTrue();
          Thread.sleep(5);
        }
        backUp(repository, "point", content);
        assertThat(read(repository, "point")).isEqualTo(content);
        assertThat(repository.verify(Samples.point("point"), new Cancellation()).ok()).isTrue();
        assertThat(filler.isAlive()).isTrue();
      } finally {
        filler.destroyForcibly().waitFor();
      }
      try (Repository repository = Repository.open(directory, InstantSource.system())) {
        assertThat(read(repository, "point")).isEqualTo(content);
      }
    }

    @Test
    void theDiskGivesWhatTheReserveSaysAndNotMore() throws IOException {
      try (Repository repository = create()) {
        assertTaken(RESERVE);
        backUp(repository, "point", noise(1, 40));
        assertTaken(RESERVE);
        repository.resize(ByteCount.ofMebibytes(64));
        assertTaken(ByteCount.ofMebibytes(64));
        repository.resize(ByteCount.ofMebibytes(128));
        assertTaken(ByteCount.ofMebibytes(128));
      }
      assertTaken(ByteCount.ofMebibytes(128));
    }

    @Test
    void refusesAReserveThatTheDiskDoesNotHave() throws IOException {
      assertThatThrownBy(() -> create(ByteCount.ofGibibytes(1)))
          .isInstanceOfSatisfying(
              StillpointException.class,
              e -> assertThat(e.kind()).isEqualTo(ErrorKind.OUT_OF_SPACE))
          .hasMessageContaining("A reserve of 1.0 GiB");
      assertThat(takenBytes()).isLessThan(1 << 20);
      try (Repository repository = create()) {
        assertThatThrownBy(() -> repository.resize(ByteCount.ofMebibytes(300)))
            .hasMessageContaining("A reserve of 300 MiB");
        assertTaken(RESERVE);
      }
    }

    @Test
    void theRoomOfAPackIsGivenBackWhenItsProcessWasKilled() throws Exception {
      create().close();
      Process child = ChildWriter.start(directory, 1);
      while (!Files.exists(ChildWriter.committedFile(directory))) {
        assertThat(child.isAlive()).isTrue();
        Thread.sleep(5);
      }
      child.destroyForcibly().waitFor();
      try (Repository repository = Repository.open(directory, InstantSource.system())) {
        assertTaken(RESERVE);
        assertThat(repository.space().used().plus(repository.space().claimed()))
            .isGreaterThanOrEqualTo(RESERVE);
      }
    }

    private Repository create() {
      return create(RESERVE);
    }

    private Repository create(ByteCount reserve) {
      return Repository.create(directory, InstantSource.system(), options(reserve));
    }

    private static RepositoryOptions options(ByteCount reserve) {
      return RepositoryOptions.standard().withReserve(reserve);
    }

    private void assertTaken(ByteCount reserve) throws IOException {
      assertThat(takenBytes()).isBetween(reserve.bytes(), reserve.plus(BEYOND).bytes());
    }

    private long takenBytes() throws IOException {
      try (Stream<Path> files = Files.walk(directory)) {
        long bytes = 0;
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          bytes += PosixFiles.allocatedBytes(file);
        }
        return bytes;
      }
    }

    private static byte[] noise(long seed, int mebibytes) {
      byte[] content = new byte[mebibytes << 20];
      new Random(seed).nextBytes(content);
      return content;
    }

    static void run(String... command) throws Exception {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      assumeTrue(
          process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0,
          () -> List.of(command) + " is not possible here: " + output);
    }
  }
}
