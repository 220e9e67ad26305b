package dev.stillpoint.benchmarks;

import dev.stillpoint.hypervisor.Extent;
import dev.stillpoint.hypervisor.SiteTimeouts;
import dev.stillpoint.hypervisor.ovirt.http.Trust;
import dev.stillpoint.hypervisor.ovirt.imageio.ImageioTicket;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.ByteRange;
import dev.stillpoint.model.Cancellation;
import dev.stillpoint.model.RestorePointId;
import dev.stillpoint.repository.ImageReader;
import dev.stillpoint.repository.ImageRef;
import dev.stillpoint.repository.ImageWriter;
import dev.stillpoint.repository.PointWriter;
import dev.stillpoint.repository.Repository;
import dev.stillpoint.transfer.ParallelCopy;
import dev.stillpoint.transfer.ReadPlan;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Moves a disk through a ticket of ovirt-imageio with the parts that a backup and a restore use,
 * and prints the seconds from opening the ticket to the end: the restore point committed, or all
 * written and flushed.
 */
public final class TransferBench {

  private static final String DISK = "disk";

  private static final SiteTimeouts TIMEOUTS =
      new SiteTimeouts(
          Duration.ofSeconds(10),
          Duration.ofMinutes(5),
          Duration.ofMinutes(5),
          Duration.ofSeconds(1));

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final ParallelCopy copy = new ParallelCopy(threads);
  private final Cancellation cancellation = new Cancellation();
  private final PrintStream out;

  TransferBench(PrintStream out) {
    this.out = out;
  }

  /**
   * {@code full URL CA SIZE DIRECTORY POINT} makes a repository; {@code changes URL CA SIZE
   * DIRECTORY POINT BASE} and {@code restore URL CA SIZE DIRECTORY POINT} use it. CA is a file with
   * certificates.
   */
  public static void main(String[] args) throws IOException {
    TransferBench bench = new TransferBench(System.out);
    try {
      bench.run(List.of(args));
    } finally {
      bench.threads.shutdown();
    }
  }

  private void run(List<String> args) throws IOException {
    String trusted = Files.readString(Path.of(args.get(2)));
    long size = Long.parseLong(args.get(3));
    Path directory = Path.of(args.get(4));
    RestorePointId point = new RestorePointId(args.get(5));
    try (Repository repository =
        args.get(0).equals("full")
            ? Repository.create(directory, InstantSource.system())
            : Repository.open(directory, InstantSource.system())) {
      long start = System.nanoTime();
      try (ImageioTicket ticket =
          ImageioTicket.open(args.get(1), "", DISK, size, Trust.context(trusted), TIMEOUTS)) {
        switch (args.get(0)) {
          case "full" -> full(ticket, repository, point);
          case "changes" -> changes(ticket, repository, point, new RestorePointId(args.get(6)));
          case "restore" -> restore(ticket, repository, point);
          default -> throw new IllegalArgumentException(args.get(0));
        }
      }
      out.printf("%.3f%n", (System.nanoTime() - start) / 1e9);
    }
  }

  private void full(ImageioTicket ticket, Repository repository, RestorePointId id) {
    List<Extent> extents = ticket.zeroExtents();
    try (PointWriter point = repository.startPoint(id);
        ImageWriter image = point.startImage(DISK, ByteCount.ofBytes(ticket.sizeBytes()))) {
      read(ticket, extents, false, image);
      point.commit(Map.of(), "");
    }
  }

  private void changes(
      ImageioTicket ticket, Repository repository, RestorePointId id, RestorePointId base) {
    List<Extent> extents = ticket.changedExtents().orElseThrow();
    try (PointWriter point = repository.startPoint(id);
        ImageWriter image =
            point.startImage(
                DISK, ByteCount.ofBytes(ticket.sizeBytes()), new ImageRef(base, DISK))) {
      read(ticket, extents, true, image);
      point.commit(Map.of(), "");
    }
  }

  private void read(ImageioTicket ticket, List<Extent> extents, boolean onBase, ImageWriter image) {
    ReadPlan plan =
        ReadPlan.of(extents, ByteCount.ofBytes(ticket.sizeBytes()), onBase, Repository.GRID_BYTES);
    for (ByteRange range : plan.zero()) {
      image.zero(range);
    }
    copy.run(
        plan.read(),
        ticket.parallel(),
        cancellation,
        (piece, buffer) -> {
          ticket.read(piece.start(), buffer);
          image.write(piece.start(), buffer.flip());
        });
    image.finish();
  }

  private void restore(ImageioTicket ticket, Repository repository, RestorePointId id) {
    try (ImageReader image = repository.openImage(new ImageRef(id, DISK))) {
      copy.run(
          image.dataRanges(),
          ticket.parallel(),
          cancellation,
          (piece, buffer) -> {
            image.read(piece.start(), buffer);
            ticket.write(piece.start(), buffer.flip());
          });
      ticket.flush();
    }
  }
}
