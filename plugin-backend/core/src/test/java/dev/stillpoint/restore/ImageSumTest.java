package dev.stillpoint.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.hypervisor.ContentSum;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.ByteRange;
import dev.stillpoint.model.Cancellation;
import dev.stillpoint.repository.ImageReader;
import dev.stillpoint.transfer.ParallelCopy;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ImageSumTest {

  private static final int MIB = 1 << 20;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicLong hashed = new AtomicLong();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  /** An image in memory; everything outside of its data is zero. */
  private static final class Image implements ImageReader {

    private final byte[] content;
    private final List<ByteRange> dataRanges;

    Image(byte[] content, List<ByteRange> dataRanges) {
      this.content = content;
      this.dataRanges = List.copyOf(dataRanges);
    }

    @Override
    public List<ByteRange> dataRanges() {
      return dataRanges;
    }

    @Override
    public ByteCount size() {
      return ByteCount.ofBytes(content.length);
    }

    @Override
    public List<ByteRange> dataRanges(ByteRange part) {
      return dataRanges.stream()
          .filter(data -> data.start() < part.end() && data.end() > part.start())
          .map(
              data ->
                  ByteRange.between(
                      Math.max(data.start(), part.start()), Math.min(data.end(), part.end())))
          .toList();
    }

    @Override
    public void read(long offset, ByteBuffer into) {
      into.put(content, (int) offset, into.remaining());
    }

    @Override
    public void close() {}
  }

  private ContentSum sum(Image image) {
    return new ImageSum(image, new ParallelCopy(threads), 3, new Cancellation(), hashed::addAndGet)
        .compute();
  }

  /** The expected value was computed by ovirt_imageio._internal.blkhash of ovirt-imageio 2.5.1. */
  @Test
  void isWhatImageioComputesOfTheSameContent() {
    byte[] content = new byte[9 * MIB + 512];
    for (int i = 0; i < 5 * MIB; i++) {
      content[i] = (byte) ((i * 31) >> 3);
    }
    Arrays.fill(content, content.length - 512, content.length, (byte) 7);

    ContentSum sum =
        sum(
            new Image(
                content,
                List.of(
                    ByteRange.between(0, 5 * MIB),
                    ByteRange.between(content.length - 512, content.length))));

    assertThat(sum.hex())
        .isEqualTo("437c48c275c97ec997574e2af2c0c1c47a4b47ad961c3108588ccf381738f71a");
  }

  @Test
  void isTheSameWhetherZeroesCountAsDataOrNot() {
    byte[] content = new byte[12 * MIB + 4096];
    content[9 * MIB] = 1;

    ContentSum sparse = sum(new Image(content, List.of(ByteRange.between(9 * MIB, 10 * MIB))));
    assertThat(hashed).as("a block without data is not read").hasValue(4 * MIB);

    ContentSum whole = sum(new Image(content, List.of(ByteRange.between(0, content.length))));
    assertThat(whole).isEqualTo(sparse);
    content[9 * MIB] = 2;
    assertThat(sum(new Image(content, List.of(ByteRange.between(9 * MIB, 10 * MIB)))))
        .isNotEqualTo(sparse);
  }

  @Test
  void goesOnBehindTheFirstGibibytesOfALargeDisk() {
    ByteRange last = ByteRange.between((5L << 30) + 4096, (5L << 30) + 8192);
    ImageReader large =
        new ImageReader() {
          @Override
          public ByteCount size() {
            return ByteCount.ofBytes(last.end());
          }

          @Override
          public List<ByteRange> dataRanges() {
            return List.of(last);
          }

          @Override
          public List<ByteRange> dataRanges(ByteRange part) {
            return part.end() == last.end() ? List.of(last) : List.of();
          }

          @Override
          public void read(long offset, ByteBuffer into) {
            assertThat(offset).isEqualTo(5L << 30);
            assertThat(into.remaining()).isEqualTo(8192);
            into.put(new byte[8192]);
          }

          @Override
          public void close() {}
        };
    ContentSum sum =
        new ImageSum(large, new ParallelCopy(threads), 2, new Cancellation(), n -> {}).compute();
    assertThat(sum.hex()).hasSize(64);
  }
}
