package dev.stillpoint.repository;

import static dev.stillpoint.repository.MemoryRepository.open;
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
import dev.stillpoint.repository.blob.BlobEntry;
import dev.stillpoint.repository.blob.FaultyBlobStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Streams in a repository: written front to back, read anywhere. */
class StreamTest {

  private static final int MIB = 1 << 20;

  private final FaultyBlobStore blobs = MemoryRepository.create(1);
  private Repository repository = open(blobs);

  @Test
  void returnsStreamsOfAnyLength() {
    for (int length : List.of(0, 1, 16_384, 70_000, MIB, MIB + 1, 5 * MIB + 12_345)) {
      byte[] stream = random(length, length);
      Manifest manifest = write("length-" + length, stream);
      assertThat(read(repository, "length-" + length, "iso")).isEqualTo(stream);
      assertThat(manifest.images().get(0).size().bytes()).isEqualTo(length);
      assertThat(manifest.images().get(0).layout()).isEqualTo(ImageLayout.STREAM);
    }
  }

  @Test
  void isStillThereAfterReopening() {
    byte[] stream = random(3 * MIB, 1);
    Manifest written = write("p1", stream);
    repository.close();
    repository = open(blobs);

    assertThat(repository.manifest(point("p1"))).contains(written);
    assertThat(read(repository, "p1", "iso")).isEqualTo(stream);
    assertThat(repository.verify(point("p1"), new Cancellation()).problems()).isEmpty();
  }

  @Test
  void readsAtAnyPlaceIntoAnyBuffer() {
    byte[] stream = random(4 * MIB, 2);
    Arrays.fill(stream, MIB, 3 * MIB, (byte) 0);
    write("p1", stream);
    Random random = new Random(3);
    try (ImageReader reader = repository.openImage(iso("p1"))) {
      for (int i = 0; i < 300; i++) {
        int from = random.nextInt(stream.length);
        int length = random.nextInt(Math.min(700_000, stream.length - from) + 1);
        ByteBuffer into =
            random.nextBoolean() ? ByteBuffer.allocate(length) : ByteBuffer.allocateDirect(length);
        reader.read(from, into);
        byte[] got = new byte[length];
        into.flip().get(got);
        assertThat(got).isEqualTo(Arrays.copyOfRange(stream, from, from + length));
      }
    }
  }

  @Test
  void storesOnlyWhatIsNewInAStreamWithSomethingPutIn() {
    byte[] before = random(6 * MIB, 4);
    byte[] after = new byte[before.length + 11];
    System.arraycopy(before, 0, after, 0, 3 * MIB);
    System.arraycopy(before, 3 * MIB, after, 3 * MIB + 11, 3 * MIB);
    write("p1", before);

    Manifest second = write("p2", after);

    assertThat(second.images().get(0).storedBytes().bytes()).isLessThan(600_000);
    assertThat(read(repository, "p2", "iso")).isEqualTo(after);
  }

  @Test
  void zeroesAreNotStored() {
    byte[] stream = new byte[8 * MIB];
    stream[0] = 1;
    stream[stream.length - 1] = 1;

    Manifest manifest = write("p1", stream);

    assertThat(manifest.images().get(0).storedBytes().bytes()).isLessThan(5_000);
    assertThat(manifest.images().get(0).dataBytes().bytes()).isEqualTo(2 * 256 * 1024);
    try (ImageReader reader = repository.openImage(iso("p1"))) {
      assertThat(reader.dataRanges())
          .containsExactly(
              ByteRange.between(0, 256 * 1024),
              ByteRange.between(stream.length - 256 * 1024, stream.length));
      assertThat(reader.dataRanges(ByteRange.between(1000, 2000)))
          .containsExactly(ByteRange.between(1000, 2000));
      assertThat(reader.dataRanges(ByteRange.between(200_000, 7 * MIB)))
          .containsExactly(ByteRange.between(200_000, 256 * 1024));
      assertThat(reader.dataRanges(ByteRange.between(MIB, 2 * MIB))).isEmpty();
    }
    assertThat(read(repository, "p1", "iso")).isEqualTo(stream);
  }

  @Test
  void liesBesideDisksInOnePoint() throws IOException {
    byte[] disk = disk(5, 300_000);
    byte[] stream = random(300_000, 6);
    try (PointWriter writer = repository.startPoint(point("p1"))) {
      try (ImageWriter image = writer.startImage("disk", ByteCount.ofBytes(disk.length));
          StreamWriter iso = writer.startStream("iso")) {
        Samples.writeAll(image, disk);
        new ByteArrayInputStream(stream).transferTo(iso);
        iso.finish();
        refused(ErrorKind.CONFLICT, () -> writer.startStream("disk"));
        refused(ErrorKind.CONFLICT, () -> writer.startImage("iso", ByteCount.ofBytes(1)));
        refused(ErrorKind.BAD_REQUEST, () -> writer.startStream(""));
      }
      writer.commit(Map.of(), "");
    }

    assertThat(read(repository, "p1", "disk")).isEqualTo(disk);
    assertThat(read(repository, "p1", "iso")).isEqualTo(stream);
  }

  @Test
  void anUnfinishedStreamKeepsItsPointFromBeingCommitted() {
    try (PointWriter writer = repository.startPoint(point("p1"))) {
      try (StreamWriter stream = writer.startStream("iso")) {
        stream.write(random(MIB, 7));
      }
      assertThatThrownBy(() -> writer.commit(Map.of(), ""))
          .hasMessageContaining("stream 'iso' of restore point p1 is not finished");
    }
    assertThat(repository.manifests()).isEmpty();
  }

  @Test
  void refusesToWriteAfterItsEnd() {
    try (PointWriter writer = repository.startPoint(point("p1"))) {
      StreamWriter stream = writer.startStream("iso");
      stream.write(1);
      stream.finish();
      refused(ErrorKind.CONFLICT, () -> stream.write(2));
      refused(ErrorKind.CONFLICT, stream::finish);
    }
  }

  @Test
  void noDiskIsBuiltOnAStreamOrComparedWithItAndNoReadGoesBeyondItsEnd() {
    write("p1", random(1000, 8));
    try (PointWriter writer = repository.startPoint(point("p2"))) {
      refused(
          ErrorKind.BAD_REQUEST,
          () -> writer.startImage("disk", ByteCount.ofBytes(65_536), iso("p1")));
    }
    refused(ErrorKind.BAD_REQUEST, () -> repository.compare(iso("p1"), iso("p1")));
    try (ImageReader reader = repository.openImage(iso("p1"))) {
      refused(ErrorKind.BAD_REQUEST, () -> reader.read(999, ByteBuffer.allocate(2)));
      refused(ErrorKind.BAD_REQUEST, () -> reader.read(-1, ByteBuffer.allocate(1)));
    }
  }

  @Test
  void aFlippedBitIsFoundNamedAndHealedByTheNextWrite() {
    byte[] stream = random(2 * MIB, 9);
    write("p1", stream);
    repository.close();
    BlobEntry pack = blobs.list("packs").get(2);
    blobs.flipBit(pack.name(), (int) pack.sizeBytes() / 2, 3);
    repository = open(blobs);

    List<String> problems = repository.verify(point("p1"), new Cancellation()).problems();
    assertThat(problems).isNotEmpty().allMatch(text -> text.startsWith("Image 'iso' bytes "));
    assertThat(repository.hasKnownDamage(iso("p1"))).isTrue();
    refused(ErrorKind.CORRUPT_DATA, () -> read(repository, "p1", "iso"));

    write("p2", stream);
    assertThat(read(repository, "p1", "iso")).isEqualTo(stream);
    assertThat(repository.verify(point("p1"), new Cancellation()).problems()).isEmpty();
    assertThat(repository.hasKnownDamage(iso("p1"))).isFalse();
  }

  @Test
  void aDiskIsNoStream() {
    Manifest manifest = backUp(repository, "p1", disk(10, 100_000));

    assertThat(manifest.images().get(0).layout()).isEqualTo(ImageLayout.GRID);
  }

  private Manifest write(String id, byte[] content) {
    Random random = new Random(content.length);
    try (PointWriter writer = repository.startPoint(point(id))) {
      try (StreamWriter stream = writer.startStream("iso")) {
        int at = 0;
        while (at < content.length) {
          int length = Math.min(1 + random.nextInt(300_000), content.length - at);
          stream.write(content, at, length);
          at += length;
        }
        stream.finish();
      }
      return writer.commit(Map.of(), "");
    }
  }

  private static ImageRef iso(String id) {
    return new ImageRef(point(id), "iso");
  }

  private static void refused(ErrorKind kind, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StillpointException.class, e -> assertThat(e.kind()).isEqualTo(kind));
  }

  private static byte[] random(int length, long seed) {
    byte[] data = new byte[length];
    new Random(seed).nextBytes(data);
    return data;
  }
}
