package dev.stillpoint.repository.blob;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every blob store keeps. */
abstract class BlobStoreContract {

  private static final BlobName PACK = new BlobName("packs/1.pack");

  private BlobStore blobs;

  abstract BlobStore open();

  @BeforeEach
  void openStore() {
    blobs = open();
  }

  @AfterEach
  void closeStore() {
    blobs.close();
  }

  private static void assertKind(ErrorKind kind, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StillpointException.class, e -> assertThat(e.kind()).isEqualTo(kind));
  }

  private String read(BlobName name) {
    return new String(blobs.readAll(name), UTF_8);
  }

  @Test
  void readsBackWhatIsAppendedBeforeItIsFlushed() {
    try (BlobAppender appender = blobs.create(PACK)) {
      appender.append("--one--".getBytes(UTF_8), 2, 3);
      assertThat(read(PACK)).isEqualTo("one");
      appender.append("two".getBytes(UTF_8), 0, 3);
      assertThat(read(PACK)).isEqualTo("onetwo");
      appender.flush();
    }
    assertThat(blobs.size(PACK)).isEqualTo(6);
    blobs.sync(PACK);
    ByteBuffer middle = ByteBuffer.allocate(2);
    blobs.read(PACK, 2, middle);
    assertThat(new String(middle.array(), UTF_8)).isEqualTo("et");
  }

  @Test
  void refusesToCreateABlobTwice() {
    blobs.create(PACK).close();
    assertKind(ErrorKind.CONFLICT, () -> blobs.create(PACK));
  }

  @Test
  void saysWhenABlobEndsEarly() {
    blobs.publish(PACK, "abc".getBytes(UTF_8));
    assertKind(ErrorKind.CORRUPT_DATA, () -> blobs.read(PACK, 2, ByteBuffer.allocate(2)));
    assertKind(ErrorKind.CORRUPT_DATA, () -> blobs.read(PACK, 7, ByteBuffer.allocate(1)));
  }

  @Test
  void knowsNothingOfAbsentBlobs() {
    assertThat(blobs.exists(PACK)).isFalse();
    assertKind(ErrorKind.NOT_FOUND, () -> blobs.size(PACK));
    assertKind(ErrorKind.NOT_FOUND, () -> blobs.read(PACK, 0, ByteBuffer.allocate(1)));
    assertKind(ErrorKind.NOT_FOUND, () -> blobs.sync(PACK));
    blobs.delete(PACK);
    assertThat(blobs.list("packs")).isEmpty();
  }

  @Test
  void publishReplacesTheWhole() {
    BlobName top = new BlobName("top-file");
    blobs.publish(top, "first and long".getBytes(UTF_8));
    assertThat(read(top)).isEqualTo("first and long");
    blobs.publish(top, "second".getBytes(UTF_8));
    assertThat(read(top)).isEqualTo("second");
  }

  @Test
  void moveGivesTheWholeItsFinalNameAndReplacesWhatHadIt() {
    BlobName unfinished = new BlobName("tmp/1");
    try (BlobAppender appender = blobs.create(unfinished)) {
      appender.append("second".getBytes(UTF_8), 0, 6);
      appender.flush();
    }
    blobs.publish(PACK, "first and long".getBytes(UTF_8));
    assertThat(read(PACK)).isEqualTo("first and long");
    assertThat(read(unfinished)).isEqualTo("second");
    blobs.move(unfinished, PACK);
    assertThat(read(PACK)).isEqualTo("second");
    assertThat(blobs.exists(unfinished)).isFalse();
    BlobName newFolder = new BlobName("index/1.run");
    blobs.move(PACK, newFolder);
    assertThat(read(newFolder)).isEqualTo("second");
    assertKind(ErrorKind.NOT_FOUND, () -> blobs.move(PACK, newFolder));
    assertThat(read(newFolder)).isEqualTo("second");
  }

  @Test
  void listsAFolderByNameWithSizes() {
    blobs.publish(new BlobName("packs/2.pack"), new byte[2]);
    blobs.publish(new BlobName("packs/1.pack"), new byte[1]);
    blobs.publish(new BlobName("index/9.run"), new byte[9]);
    assertThat(blobs.list("packs"))
        .containsExactly(
            new BlobEntry(new BlobName("packs/1.pack"), 1),
            new BlobEntry(new BlobName("packs/2.pack"), 2));
    List<BlobEntry> shown = new ArrayList<>();
    blobs.forEach("packs", shown::add);
    assertThat(shown).containsExactlyInAnyOrderElementsOf(blobs.list("packs"));
    blobs.forEach("nowhere", shown::add);
    assertThat(shown).hasSize(2);
    blobs.delete(new BlobName("packs/1.pack"));
    assertThat(blobs.list("packs")).hasSize(1);
    assertThat(blobs.exists(new BlobName("packs/1.pack"))).isFalse();
  }

  @Test
  void survivesAnInterruptedThreadWithoutForgettingTheInterrupt() {
    try (BlobAppender appender = blobs.create(PACK)) {
      appender.append("one".getBytes(UTF_8), 0, 3);
      assertThat(read(PACK)).isEqualTo("one");
      Thread.currentThread().interrupt();
      appender.append("two".getBytes(UTF_8), 0, 3);
      appender.flush();
      blobs.publish(new BlobName("points/1.manifest"), new byte[3]);
      assertThat(read(PACK)).isEqualTo("onetwo");
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
    } finally {
      Thread.interrupted();
    }
    assertThat(read(PACK)).isEqualTo("onetwo");
  }
}
