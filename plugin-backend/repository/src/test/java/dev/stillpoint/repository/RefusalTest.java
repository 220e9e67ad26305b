package dev.stillpoint.repository;

import static dev.stillpoint.repository.Samples.GRID;
import static dev.stillpoint.repository.Samples.backUp;
import static dev.stillpoint.repository.Samples.disk;
import static dev.stillpoint.repository.Samples.point;
import static dev.stillpoint.repository.Samples.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.ByteRange;
import dev.stillpoint.model.Cancellation;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the repository does not do, and how it says so. */
class RefusalTest {

  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-21T00:00:00Z"));

  @TempDir private Path parent;
  private Path directory;
  private Repository repository;

  @BeforeEach
  void create() {
    directory = parent.resolve("repository");
    repository = Repository.create(directory, CLOCK);
  }

  @AfterEach
  void close() {
    repository.close();
  }

  private static void refused(ErrorKind kind, String part, ThrowingCallable call) {
    assertThatThrownBy(call)
        .hasMessageContaining(part)
        .isInstanceOfSatisfying(
            StillpointException.class, e -> assertThat(e.kind()).isEqualTo(kind));
  }

  private ImageWriter image(PointWriter writer, long sizeBytes) {
    return writer.startImage("disk", ByteCount.ofBytes(sizeBytes));
  }

  @Test
  void refusesToCreateInADirectoryThatIsNotEmpty() throws IOException {
    Path other = Files.createDirectory(parent.resolve("other"));
    Files.writeString(other.resolve("precious.txt"), "do not touch");
    refused(ErrorKind.CONFLICT, "precious.txt", () -> Repository.create(other, CLOCK));
    assertThat(other.resolve("precious.txt")).hasContent("do not touch");
    assertThat(other.toFile().list()).hasSize(1);
    refused(ErrorKind.CONFLICT, "not empty", () -> Repository.create(directory, CLOCK));
  }

  @Test
  void keepsOthersOutOfTheDirectoryItMakes() throws IOException {
    Path nested = parent.resolve("a/b");
    Repository.create(nested, CLOCK).close();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(nested)))
        .isEqualTo("rwx------");
  }

  @Test
  void createsOnAFreshFileSystem() throws IOException {
    Path mount = Files.createDirectories(parent.resolve("mount"));
    Files.createDirectory(mount.resolve("lost+found"));
    Repository.create(mount, CLOCK).close();
    Repository.open(mount, CLOCK).close();
  }

  @Test
  void refusesToOpenWhatIsNoRepository() throws IOException {
    String text = "is not a Stillpoint repository";
    assertThat(Repository.exists(directory)).isTrue();
    assertThat(Repository.exists(parent)).isFalse();
    refused(ErrorKind.NOT_FOUND, text, () -> Repository.open(parent, CLOCK));
    refused(ErrorKind.NOT_FOUND, text, () -> Repository.open(parent.resolve("absent"), CLOCK));
    assertThat(parent.toFile().list()).containsExactly("repository");
  }

  @Test
  void refusesASecondOpener() {
    refused(ErrorKind.CONFLICT, "open already", () -> Repository.open(directory, CLOCK));
    repository.close();
    Repository.open(directory, CLOCK).close();
  }

  @Test
  void refusesASecondProcess() throws Exception {
    refusesAnotherProcess();
  }

  /** The second opener's end must not free the first one's lock. */
  @Test
  void refusesASecondProcessAfterASecondOpener() throws Exception {
    Path otherWay = Files.createSymbolicLink(parent.resolve("link"), directory);
    refused(ErrorKind.CONFLICT, "open already", () -> Repository.open(otherWay, CLOCK));
    refusesAnotherProcess();
  }

  private void refusesAnotherProcess() throws Exception {
    Process second = ChildWriter.start(directory, 1);
    try {
      assertThat(second.waitFor(2, TimeUnit.MINUTES)).isTrue();
      assertThat(second.exitValue()).isEqualTo(ChildWriter.REFUSED);
    } finally {
      second.destroyForcibly().waitFor();
    }
  }

  @Test
  void refusesAnUnknownVersion() throws IOException {
    repository.close();
    Files.write(
        directory.resolve(RepositoryFile.NAME), Envelope.seal(RepositoryFile.NAME, 7, "{}"));
    refused(ErrorKind.CONFLICT, "version 7", () -> Repository.open(directory, CLOCK));
    // The refusal has given the lock back.
    refused(ErrorKind.CONFLICT, "version 7", () -> Repository.open(directory, CLOCK));
  }

  @Test
  void refusesAPointThatExistsOrIsBeingWritten() {
    backUp(repository, "p1", disk(1, GRID));
    refused(ErrorKind.CONFLICT, "p1", () -> repository.startPoint(point("p1")));
    try (PointWriter writer = repository.startPoint(point("p2"))) {
      image(writer, GRID);
      refused(ErrorKind.CONFLICT, "p2", () -> repository.startPoint(point("p2")));
    }
    repository.startPoint(point("p2")).close();
    assertThat(repository.manifest(point("p2"))).isEmpty();
  }

  @Test
  void knowsNothingOfAbsentPointsAndImages() {
    backUp(repository, "p1", disk(1, GRID));
    ImageRef absentPoint = new ImageRef(point("nope"), "disk");
    ImageRef absentImage = new ImageRef(point("p1"), "nope");
    Cancellation never = new Cancellation();
    refused(ErrorKind.NOT_FOUND, "nope", () -> repository.openImage(absentPoint));
    refused(ErrorKind.NOT_FOUND, "nope", () -> repository.openImage(absentImage));
    refused(ErrorKind.NOT_FOUND, "nope", () -> repository.expire(point("nope")));
    refused(ErrorKind.NOT_FOUND, "nope", () -> repository.verify(point("nope"), never));
    assertThat(repository.manifest(point("nope"))).isEmpty();
    try (PointWriter writer = repository.startPoint(point("p2"))) {
      ByteCount size = ByteCount.ofBytes(GRID);
      refused(ErrorKind.NOT_FOUND, "nope", () -> writer.startImage("disk", size, absentImage));
    }
  }

  @Test
  void refusesWritesOffTheGridOrBeyondTheEnd() {
    byte[] disk = disk(1, 2 * GRID + 10);
    try (PointWriter writer = repository.startPoint(point("p1"))) {
      ImageWriter image = image(writer, disk.length);
      ErrorKind bad = ErrorKind.BAD_REQUEST;
      refused(bad, "offset 1", () -> image.write(1, ByteBuffer.allocate(GRID)));
      refused(bad, "offset -", () -> image.write(-GRID, ByteBuffer.allocate(GRID)));
      refused(bad, "100 bytes", () -> image.write(0, ByteBuffer.allocate(100)));
      refused(bad, "grid", () -> image.write(2 * GRID, ByteBuffer.allocate(GRID)));
      refused(bad, "grid", () -> image.write(4L * GRID, ByteBuffer.allocate(GRID)));
      refused(bad, "grid", () -> image.zero(new ByteRange(0, GRID + 10)));
      // A bad request does not spoil the writer.
      Samples.writeAll(image, disk);
      writer.commit(Map.of(), "");
    }
    assertThat(read(repository, "p1")).isEqualTo(disk);
    try (ImageReader reader = repository.openImage(new ImageRef(point("p1"), "disk"))) {
      ByteBuffer two = ByteBuffer.allocate(2);
      refused(ErrorKind.BAD_REQUEST, "2 bytes", () -> reader.read(disk.length - 1, two));
      refused(ErrorKind.BAD_REQUEST, "offset -1", () -> reader.read(-1, two));
    }
  }

  @Test
  void refusesNamesAndSizesThatCannotBe() {
    try (PointWriter writer = repository.startPoint(point("p1"))) {
      image(writer, GRID);
      ByteCount small = ByteCount.ofBytes(1);
      ByteCount large = ByteCount.ofGibibytes(256 * 1024 + 1);
      refused(ErrorKind.CONFLICT, "disk", () -> image(writer, GRID));
      refused(ErrorKind.BAD_REQUEST, "name", () -> writer.startImage("", small));
      refused(ErrorKind.BAD_REQUEST, "256 TiB", () -> writer.startImage("large", large));
      writer.startImage("largest", ByteCount.ofGibibytes(256 * 1024)).finish();
    }
  }

  @Test
  void refusesToCommitAnImageThatIsNotFinished() {
    try (PointWriter writer = repository.startPoint(point("p1"))) {
      try (ImageWriter image = image(writer, GRID)) {
        image.write(0, ByteBuffer.wrap(disk(1, GRID)));
      }
      refused(ErrorKind.CONFLICT, "not finished", () -> writer.commit(Map.of(), ""));
    }
    assertThat(repository.manifests()).isEmpty();
  }

  @Test
  void refusesWritesAfterTheEnd() {
    PointWriter writer = repository.startPoint(point("p1"));
    ImageWriter image = image(writer, GRID);
    image.finish();
    refused(ErrorKind.CONFLICT, "ended", () -> image.write(0, ByteBuffer.allocate(GRID)));
    refused(ErrorKind.CONFLICT, "ended", image::finish);
    writer.commit(Map.of(), "");
    refused(ErrorKind.CONFLICT, "ended", () -> writer.commit(Map.of(), ""));
    refused(ErrorKind.CONFLICT, "ended", () -> image(writer, 1));
    writer.close();
    PointWriter given = repository.startPoint(point("p2"));
    ImageWriter orphan = image(given, GRID);
    given.close();
    refused(ErrorKind.CONFLICT, "ended", () -> orphan.write(0, ByteBuffer.allocate(GRID)));
    assertThat(repository.manifests()).hasSize(1);
  }

  @Test
  void nothingIsWrittenThroughAClosedRepository() throws IOException {
    PointWriter writer = repository.startPoint(point("p1"));
    ImageWriter image = image(writer, GRID);
    repository.close();
    byte[] disk = new byte[GRID];
    disk[0] = 1;
    refused(ErrorKind.CONFLICT, "closed", () -> image.write(0, ByteBuffer.wrap(disk)));
    refused(ErrorKind.CONFLICT, "closed", () -> repository.startPoint(point("p2")));
    refused(ErrorKind.CONFLICT, "closed", repository::space);
    assertThat(directory.resolve("packs")).doesNotExist();
    repository.close();
  }

  @Test
  void stopsAVerificationWhenAsked() {
    backUp(repository, "p1", disk(1, 20 * GRID));
    Cancellation cancellation = new Cancellation();
    cancellation.request();
    refused(ErrorKind.CANCELLED, "Cancelled", () -> repository.verify(point("p1"), cancellation));
  }

  @Test
  void forgetsAnExpiredPointAndKeepsTheOthers() {
    byte[] disk = disk(1, 20 * GRID);
    backUp(repository, "p1", disk);
    backUp(repository, "p2", disk);
    try (ImageReader open = repository.openImage(new ImageRef(point("p1"), "disk"))) {
      repository.expire(point("p1"));
      byte[] still = new byte[disk.length];
      open.read(0, ByteBuffer.wrap(still));
      assertThat(still).isEqualTo(disk);
    }
    assertThat(repository.manifest(point("p1"))).isEmpty();
    assertThat(repository.manifests()).extracting(m -> m.id().value()).containsExactly("p2");
    assertThat(read(repository, "p2")).isEqualTo(disk);
    backUp(repository, "p1", disk);
    assertThat(read(repository, "p1")).isEqualTo(disk);
  }
}
