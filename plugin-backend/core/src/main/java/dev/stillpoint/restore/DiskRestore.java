package dev.stillpoint.restore;

import dev.stillpoint.hypervisor.ContentSum;
import dev.stillpoint.hypervisor.DiskWriter;
import dev.stillpoint.hypervisor.Extent;
import dev.stillpoint.job.DiskTask;
import dev.stillpoint.job.TaskState;
import dev.stillpoint.job.VmTracker;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.ByteRange;
import dev.stillpoint.model.DiskId;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.ImageReader;
import dev.stillpoint.transfer.ParallelCopy;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills one new disk from an image and proves that it holds the same: by the sum that the storage
 * computes, else by reading it back.
 */
final class DiskRestore {

  private static final Logger LOG = LoggerFactory.getLogger(DiskRestore.class);
  private static final String NOTHING_REPLACED =
      "Nothing was replaced. Check the storage of the new disk, then restore again.";

  private final ParallelCopy copy;
  private final VmTracker tracker;
  private final DiskId disk;
  private final AtomicLong done = new AtomicLong();
  private final AtomicLong written = new AtomicLong();
  private final long startNanos = System.nanoTime();

  /**
   * @param disk the disk of the restore point, under which the progress is shown
   */
  DiskRestore(ParallelCopy copy, VmTracker tracker, DiskId disk) {
    this.copy = copy;
    this.tracker = tracker;
    this.disk = disk;
  }

  /** Writes, flushes, proves, ends the transfer. */
  void run(ImageReader image, DiskWriter writer) {
    try {
      writeAndProve(image, writer);
    } catch (StillpointException e) {
      if (e.kind() != ErrorKind.CORRUPT_DATA || !writer.wasInterrupted()) {
        throw e;
      }
      LOG.warn("disk={} is written again: {}", writer.disk(), e.getMessage());
      writeAndProve(image, writer);
    }
    writer.finish();
  }

  private void writeAndProve(ImageReader image, DiskWriter writer) {
    tracker.state(TaskState.WRITING);
    write(image, writer);
    writer.flush();
    tracker.state(TaskState.VERIFYING);
    if (writer.sumsContent()) {
      compareSums(image, writer);
    } else {
      compareBytes(image, writer);
    }
  }

  /** The storage reads for itself while we compute what it must find. */
  private void compareSums(ImageReader image, DiskWriter writer) {
    Future<ContentSum> found = copy.begin(writer::contentSum);
    ContentSum meant =
        new ImageSum(image, copy, writer.parallelWrites(), tracker.cancellation(), this::progress)
            .compute();
    ContentSum held = copy.await(found, tracker.cancellation());
    LOG.info("disk={} sum={} storage={}", writer.disk(), meant.hex(), held.hex());
    if (!held.equals(meant)) {
      throw new StillpointException(
          ErrorKind.CORRUPT_DATA,
          "Disk " + writer.disk() + " holds something else than what was written to it",
          NOTHING_REPLACED);
    }
  }

  private void write(ImageReader image, DiskWriter writer) {
    List<ByteRange> data = image.dataRanges();
    if (!writer.startsZeroed()) {
      for (ByteRange gap : gaps(data, image.size())) {
        tracker.cancellation().throwIfRequested();
        writer.zero(gap);
      }
    }
    copy.run(
        data,
        writer.parallelWrites(),
        tracker.cancellation(),
        (piece, buffer) -> {
          image.read(piece.start(), buffer);
          writer.write(piece.start(), buffer.flip());
          written.addAndGet(piece.length());
          progress(piece.length());
        });
  }

  /** Compares whatever either side says is not zero. */
  private void compareBytes(ImageReader image, DiskWriter writer) {
    copy.run(
        union(image.dataRanges(), dataOf(writer.extents())),
        writer.parallelWrites(),
        tracker.cancellation(),
        (piece, buffer) -> {
          writer.readBack(piece.start(), buffer);
          ByteBuffer expected = ByteBuffer.allocate((int) piece.length());
          image.read(piece.start(), expected);
          int mismatch = expected.flip().mismatch(buffer.flip());
          if (mismatch >= 0) {
            throw new StillpointException(
                ErrorKind.CORRUPT_DATA,
                "Disk %s reads back differently at byte %d"
                    .formatted(writer.disk(), piece.start() + mismatch),
                NOTHING_REPLACED);
          }
          progress(piece.length());
        });
  }

  /** The storage may count more as data than the image has: the bar still never passes its end. */
  private void progress(long bytes) {
    ByteCount sum = new ByteCount(done.addAndGet(bytes));
    Duration elapsed = Duration.ofNanos(System.nanoTime() - startNanos);
    tracker.disk(
        disk,
        (DiskTask task) ->
            task.withProgress(
                sum.compareTo(task.total()) > 0 ? task.total() : sum,
                new ByteCount(written.get()),
                ByteCount.ZERO,
                elapsed));
  }

  private static List<ByteRange> dataOf(List<Extent> extents) {
    return extents.stream()
        .filter(extent -> extent.content() != Extent.Content.ZERO)
        .map(Extent::range)
        .toList();
  }

  static List<ByteRange> gaps(List<ByteRange> data, ByteCount size) {
    List<ByteRange> gaps = new ArrayList<>();
    long position = 0;
    for (ByteRange range : data) {
      if (range.start() > position) {
        gaps.add(ByteRange.between(position, range.start()));
      }
      position = range.end();
    }
    if (position < size.bytes()) {
      gaps.add(ByteRange.between(position, size.bytes()));
    }
    return gaps;
  }

  /** Both lists ascend; so does the result, without overlaps. */
  static List<ByteRange> union(List<ByteRange> a, List<ByteRange> b) {
    List<ByteRange> sorted = new ArrayList<>(a);
    sorted.addAll(b);
    sorted.sort((x, y) -> Long.compare(x.start(), y.start()));
    List<ByteRange> merged = new ArrayList<>();
    for (ByteRange range : sorted) {
      int last = merged.size() - 1;
      if (last >= 0 && merged.get(last).end() >= range.start()) {
        long end = Math.max(merged.get(last).end(), range.end());
        merged.set(last, ByteRange.between(merged.get(last).start(), end));
      } else {
        merged.add(range);
      }
    }
    return merged;
  }
}
