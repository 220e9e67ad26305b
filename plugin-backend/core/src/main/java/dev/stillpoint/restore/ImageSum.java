package dev.stillpoint.restore;

import dev.stillpoint.hypervisor.ContentSum;
import dev.stillpoint.model.ByteRange;
import dev.stillpoint.model.Cancellation;
import dev.stillpoint.repository.ImageReader;
import dev.stillpoint.transfer.ParallelCopy;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.LongConsumer;
import org.bouncycastle.crypto.digests.Blake2bDigest;

/**
 * The sum that a disk must have when it holds an image. Blocks are hashed on several threads, some
 * hundred at a time, so that memory does not grow with the disk; blocks without data cost nothing.
 */
final class ImageSum {

  private static final int DIGEST_BYTES = 32;
  private static final int BLOCKS_AT_A_TIME = 512;

  private final ImageReader image;
  private final ParallelCopy copy;
  private final int parallel;
  private final Cancellation cancellation;
  private final LongConsumer progress;

  /**
   * @param progress told of the bytes of data hashed
   */
  ImageSum(
      ImageReader image,
      ParallelCopy copy,
      int parallel,
      Cancellation cancellation,
      LongConsumer progress) {
    this.image = image;
    this.copy = copy;
    this.parallel = parallel;
    this.cancellation = cancellation;
    this.progress = progress;
  }

  ContentSum compute() {
    Blake2bDigest sum = new Blake2bDigest(DIGEST_BYTES * 8);
    byte[] zeroes = digestOfZeroes(ContentSum.BLOCK_BYTES);
    long size = image.size().bytes();
    long step = (long) BLOCKS_AT_A_TIME * ContentSum.BLOCK_BYTES;
    for (long start = 0; start < size; start += step) {
      ByteRange part = ByteRange.between(start, Math.min(start + step, size));
      for (byte[] digest : digests(part, zeroes)) {
        sum.update(digest, 0, digest.length);
      }
    }
    byte[] result = new byte[DIGEST_BYTES];
    sum.doFinal(result, 0);
    return new ContentSum(HexFormat.of().formatHex(result));
  }

  private byte[][] digests(ByteRange part, byte[] zeroes) {
    int count = Math.toIntExact(blocks(part.length()));
    byte[][] digests = new byte[count][];
    for (int i = 0; i < count; i++) {
      digests[i] = zeroes;
    }
    long tail = part.length() % ContentSum.BLOCK_BYTES;
    if (tail != 0) {
      digests[count - 1] = digestOfZeroes((int) tail);
    }
    copy.run(
        blocksWithData(part),
        parallel,
        cancellation,
        (block, buffer) -> {
          image.read(block.start(), buffer);
          Blake2bDigest digest = new Blake2bDigest(DIGEST_BYTES * 8);
          digest.update(buffer.array(), buffer.arrayOffset(), (int) block.length());
          byte[] result = new byte[DIGEST_BYTES];
          digest.doFinal(result, 0);
          digests[Math.toIntExact((block.start() - part.start()) / ContentSum.BLOCK_BYTES)] =
              result;
          progress.accept(block.length());
        });
    return digests;
  }

  /** Whole blocks of the sum, so that {@link ParallelCopy} hands out one at a time. */
  private List<ByteRange> blocksWithData(ByteRange part) {
    List<ByteRange> whole = new ArrayList<>();
    for (ByteRange data : image.dataRanges(part)) {
      long start = data.start() / ContentSum.BLOCK_BYTES * ContentSum.BLOCK_BYTES;
      long end = Math.min(blocks(data.end()) * ContentSum.BLOCK_BYTES, part.end());
      whole.add(ByteRange.between(start, end));
    }
    return DiskRestore.union(whole, List.of());
  }

  private static long blocks(long bytes) {
    return (bytes + ContentSum.BLOCK_BYTES - 1) / ContentSum.BLOCK_BYTES;
  }

  private static byte[] digestOfZeroes(int length) {
    Blake2bDigest digest = new Blake2bDigest(DIGEST_BYTES * 8);
    digest.update(new byte[length], 0, length);
    byte[] result = new byte[DIGEST_BYTES];
    digest.doFinal(result, 0);
    return result;
  }
}
