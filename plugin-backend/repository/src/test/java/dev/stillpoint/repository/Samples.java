package dev.stillpoint.repository;

import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.Cancellation;
import dev.stillpoint.model.RestorePointId;
import dev.stillpoint.repository.maintenance.CollectOptions;
import dev.stillpoint.repository.maintenance.CollectReport;
import dev.stillpoint.repository.maintenance.MaintenanceListener;
import dev.stillpoint.repository.maintenance.Sample;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;

/** Disk contents for tests, and short ways to write and read them. */
final class Samples {

  static final int GRID = Repository.GRID_BYTES;

  private Samples() {}

  static RestorePointId point(String id) {
    return new RestorePointId(id);
  }

  /** A disk of random, compressible and empty chunks. */
  static byte[] disk(long seed, int sizeBytes) {
    Random random = new Random(seed);
    byte[] disk = new byte[sizeBytes];
    for (int start = 0; start < sizeBytes; start += GRID) {
      fill(random, disk, start, Math.min(start + GRID, sizeBytes));
    }
    return disk;
  }

  /** Makes one chunk random, compressible, nearly empty or empty. */
  static void fill(Random random, byte[] disk, int from, int to) {
    switch (random.nextInt(4)) {
      case 0 -> {
        byte[] noise = new byte[to - from];
        random.nextBytes(noise);
        System.arraycopy(noise, 0, disk, from, noise.length);
      }
      case 1 -> {
        int letters = 1 + random.nextInt(20);
        for (int i = from; i < to; i++) {
          disk[i] = (byte) ('a' + random.nextInt(letters));
        }
      }
      case 2 -> {
        Arrays.fill(disk, from, to, (byte) 0);
        disk[from + random.nextInt(to - from)] = 1;
      }
      default -> Arrays.fill(disk, from, to, (byte) 0);
    }
  }

  /** Writes the whole disk, finishes the image and leaves the point open. */
  static void writeAll(ImageWriter image, byte[] disk) {
    for (int start = 0; start < disk.length; start += 3 * GRID) {
      int length = Math.min(3 * GRID, disk.length - start);
      image.write(start, ByteBuffer.wrap(disk, start, length));
    }
    image.finish();
  }

  /** A full backup of one image "disk". */
  static Manifest backUp(Repository repository, String id, byte[] disk) {
    try (PointWriter point = repository.startPoint(point(id))) {
      try (ImageWriter image = point.startImage("disk", ByteCount.ofBytes(disk.length))) {
        writeAll(image, disk);
      }
      return point.commit(Map.of(), "");
    }
  }

  static byte[] read(Repository repository, String id) {
    return read(repository, id, "disk");
  }

  static byte[] read(Repository repository, String id, String name) {
    try (ImageReader image = repository.openImage(new ImageRef(point(id), name))) {
      byte[] disk = new byte[Math.toIntExact(image.size().bytes())];
      image.read(0, ByteBuffer.wrap(disk));
      return disk;
    }
  }

  /** A disk that does not compress, no two chunks of it alike. */
  static byte[] noise(long seed, int sizeBytes) {
    byte[] disk = new byte[sizeBytes];
    new Random(seed).nextBytes(disk);
    return disk;
  }

  /** The same, but a chunk takes 12 KiB only when it is stored: many lie in a small pack. */
  static byte[] light(long seed, int sizeBytes) {
    byte[] disk = noise(seed, sizeBytes);
    for (int chunk = 0; chunk < sizeBytes; chunk += GRID) {
      Arrays.fill(disk, chunk + 12 * 1024, chunk + GRID, (byte) 0);
    }
    return disk;
  }

  static CollectReport collect(Repository repository) {
    return repository
        .maintenance()
        .collect(CollectOptions.standard(), new Cancellation(), MaintenanceListener.none());
  }

  static VerifySummary verifyAll(Repository repository) {
    return repository
        .maintenance()
        .verifyAll(Sample.everything(), new Cancellation(), MaintenanceListener.none());
  }
}
