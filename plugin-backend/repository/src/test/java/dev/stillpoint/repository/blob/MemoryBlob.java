package dev.stillpoint.repository.blob;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;

/** A blob in memory: what it holds, and what of that would survive a power loss. */
final class MemoryBlob {

  private static final int PAGE_BYTES = 4096;

  byte[] data = new byte[0];
  int length;
  int durable;
  boolean nameDurable;
  long claimed;
  Optional<BlobName> earlierName = Optional.empty();

  long takenBytes() {
    return Math.max((length + PAGE_BYTES - 1L) / PAGE_BYTES * PAGE_BYTES, claimed);
  }

  void append(byte[] added, int offset, int count) {
    if (length + count > data.length) {
      data = Arrays.copyOf(data, Math.max(2 * data.length, length + count));
    }
    System.arraycopy(added, offset, data, length, count);
    length += count;
  }

  void flush() {
    durable = length;
    nameDurable = true;
  }

  MemoryBlob copy() {
    MemoryBlob copy = new MemoryBlob();
    copy.data = Arrays.copyOf(data, length);
    copy.length = length;
    copy.durable = durable;
    copy.nameDurable = nameDurable;
    copy.claimed = claimed;
    copy.earlierName = earlierName;
    return copy;
  }

  MemoryBlob afterPowerLoss(Random random) {
    MemoryBlob copy = copy();
    copy.claimed = random.nextBoolean() ? claimed : 0;
    switch (random.nextInt(3)) {
      case 0 -> copy.length = durable;
      case 1 -> copy.length = durable + random.nextInt(length - durable + 1);
      default -> copy.losePages(random);
    }
    copy.flush();
    return copy;
  }

  private void losePages(Random random) {
    for (int page = durable; page < length; page += PAGE_BYTES) {
      if (random.nextBoolean()) {
        Arrays.fill(data, page, Math.min(page + PAGE_BYTES, length), (byte) 0);
      }
    }
  }
}
