package dev.stillpoint.hypervisor.lab.fleet;

import dev.stillpoint.hypervisor.lab.block.DiskImage;
import dev.stillpoint.hypervisor.lab.block.VirtualDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Pseudo-random bytes at the start and in the middle of an otherwise empty disk; quickly made. */
record RandomContent(long seed, int dataBytes) implements DiskContent {
  private static final int CHUNK_BYTES = 1 << 20;

  @Override
  public Prepared prepare(Path cache, String disk, long sizeBytes) {
    long half = dataBytes / 2;
    GuestArea area =
        new GuestArea(
            List.of(new Span(0, half), new Span(middle(sizeBytes), half)),
            List.of(new Span(half, middle(sizeBytes) - half)));
    return new Prepared(Optional.empty(), area);
  }

  private static long middle(long sizeBytes) {
    return sizeBytes / 2 / VirtualDisk.BLOCK_BYTES * VirtualDisk.BLOCK_BYTES;
  }

  @Override
  public void fill(DiskImage disk) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    write(disk, 0, dataBytes / 2, random);
    write(disk, middle(disk.sizeBytes()), dataBytes / 2, random);
  }

  private static void write(DiskImage disk, long from, int length, SplittableRandom random)
      throws IOException {
    byte[] chunk = new byte[Math.min(CHUNK_BYTES, length)];
    for (int done = 0; done < length; ) {
      int count = Math.min(chunk.length, length - done);
      random.nextBytes(chunk);
      disk.write(from + done, chunk, 0, count);
      done += count;
    }
  }
}
