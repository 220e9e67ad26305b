package dev.stillpoint.repository.chunk;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.blob.FaultyBlobStore;
import org.junit.jupiter.api.Test;

class PackWriterTest {

  private final StillpointException gone =
      new StillpointException(ErrorKind.STORAGE_UNAVAILABLE, "The disk is gone", "");

  private final FaultyBlobStore blobs = new FaultyBlobStore(1);
  private final PackWriter pack = pack();

  private PackWriter pack() {
    PackWriter writer = new PackWriter(blobs, 1);
    writer.append(new byte[100], 100);
    return writer;
  }

  /** As Linux does: it tells of pages that it could not write once, and forgets them. */
  @Test
  void aPackThatCouldNotBeFlushedOnceIsNotFlushedByTheNextOne() {
    blobs.atNextFlush(
        () -> {
          throw gone;
        });
    assertThatThrownBy(pack::flushAndClose).isSameAs(gone);
    assertThatThrownBy(pack::flush).hasMessage("The disk is gone").hasCause(gone);
  }

  @Test
  void aPackThatWasGivenUpCannotBeFlushedAnyMore() {
    pack.giveUp(gone);
    assertThatThrownBy(pack::flush).hasMessage("The disk is gone").hasCause(gone);
  }

  @Test
  void aPackThatWasFlushedWholeStaysSo() {
    pack.flushAndClose();
    pack.giveUp(gone);
    pack.flush();
  }
}
