package dev.stillpoint.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.ByteRange;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.ImageReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ImageStreamTest {

  private static final int SIZE = (3 << 20) + 5;

  private final byte[] content = new byte[SIZE];
  private long damagedAt = SIZE;
  private int closed;

  ImageStreamTest() {
    new Random(1).nextBytes(content);
  }

  /** A disk that can be read up to where it is damaged. */
  private final class Disk implements ImageReader {

    @Override
    public ByteCount size() {
      return ByteCount.ofBytes(SIZE);
    }

    @Override
    public List<ByteRange> dataRanges() {
      return List.of(new ByteRange(0, SIZE));
    }

    @Override
    public List<ByteRange> dataRanges(ByteRange part) {
      return List.of(part);
    }

    @Override
    public void read(long offset, ByteBuffer into) {
      if (offset + into.remaining() > damagedAt) {
        throw new StillpointException(ErrorKind.CORRUPT_DATA, "Damaged", "");
      }
      assertThat(into.remaining()).as("bounded").isLessThanOrEqualTo(1 << 20);
      into.put(content, (int) offset, into.remaining());
    }

    @Override
    public void close() {
      closed++;
    }
  }

  private byte[] send(long start, long end) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageStream.of(new Disk(), "disk", start, end).write(out);
    return out.toByteArray();
  }

  @Test
  void sendsExactlyThePartAndClosesTheImage() throws IOException {
    assertThat(send(0, SIZE)).isEqualTo(content);
    assertThat(send(7, SIZE - 1)).isEqualTo(Arrays.copyOfRange(content, 7, SIZE - 1));
    assertThat(send(5, 5)).isEmpty();
    assertThat(closed).isEqualTo(3);
  }

  @Test
  void damageAtTheStartIsThrownBeforeAnythingIsSent() {
    damagedAt = 10;
    assertThatThrownBy(() -> ImageStream.of(new Disk(), "disk", 0, SIZE))
        .isInstanceOf(StillpointException.class);
    assertThat(closed).isEqualTo(1);
  }

  @Test
  void damageLaterEndsTheStreamWithAnError() {
    damagedAt = 2 << 20;
    assertThatThrownBy(() -> send(0, SIZE)).isInstanceOf(IOException.class);
    assertThat(closed).isEqualTo(1);
  }
}
