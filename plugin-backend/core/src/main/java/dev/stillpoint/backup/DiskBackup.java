package dev.stillpoint.backup;

import dev.stillpoint.catalog.RestorePoint;
import dev.stillpoint.hypervisor.DiskReader;
import dev.stillpoint.hypervisor.DiskSettings;
import dev.stillpoint.hypervisor.Extent;
import dev.stillpoint.hypervisor.ReadMode;
import dev.stillpoint.hypervisor.SnapshotDisk;
import dev.stillpoint.hypervisor.VmSnapshot;
import dev.stillpoint.job.DiskTask;
import dev.stillpoint.job.Problem;
import dev.stillpoint.job.RunTracker;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.ByteRange;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.repository.ImageRef;
import dev.stillpoint.repository.ImageWriter;
import dev.stillpoint.repository.PointWriter;
import dev.stillpoint.repository.Repository;
import dev.stillpoint.transfer.ParallelCopy;
import dev.stillpoint.transfer.ReadPlan;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Moves one disk of a snapshot into the repository. */
final class DiskBackup {

  private static final Logger LOG = LoggerFactory.getLogger(DiskBackup.class);

  private final ParallelCopy copy;
  private final ChangeCheck changes;

  DiskBackup(ParallelCopy copy, ChangeCheck changes) {
    this.copy = copy;
    this.changes = changes;
  }

  /**
   * A disk to read and what it is compared with.
   *
   * @param guard asked before each piece; throws when the reading must end
   */
  record Source(
      VmSnapshot snapshot,
      SnapshotDisk disk,
      DiskSettings settings,
      Baseline.Base base,
      Runnable guard) {}

  /** What is read, on top of which earlier image, and why in full where there is none. */
  private record Reading(Optional<ImageRef> base, ReadMode mode, ReadPlan plan) {}

  /**
   * Reads the disk and completes its image, named by the disk's id.
   *
   * @param vmIndex the VM's place in the run, for the progress
   */
  RestorePoint.Disk run(Source source, PointWriter writer, RunTracker tracker, int vmIndex) {
    try (DiskReader reader = source.snapshot().open(source.disk().id())) {
      Reading reading = reading(source, reader, tracker, vmIndex);
      ReadPlan plan = reading.plan();
      Progress progress =
          new Progress(tracker, vmIndex, source, reading.mode(), plan.bytesToRead());
      try (ImageWriter image = open(writer, source, reader.size(), reading.base())) {
        for (ByteRange range : plan.zero()) {
          image.zero(range);
        }
        copy.run(
            plan.read(),
            reader.parallelReads(),
            tracker.cancellation(),
            (piece, buffer) -> {
              source.guard().run();
              reader.read(piece.start(), buffer);
              image.write(piece.start(), buffer.flip());
              progress.moved(piece.length(), image.bytesStored());
            });
        image.finish();
        progress.moved(0, image.bytesStored());
        return progress.result(reader.size(), image.bytesStored());
      }
    }
  }

  private Reading reading(Source source, DiskReader reader, RunTracker tracker, int vmIndex) {
    List<Extent> extents = reader.extents();
    Optional<ImageRef> base =
        source.base().image().filter(image -> reader.readMode().incremental());
    if (base.isEmpty()) {
      return full(whyFull(source, reader), extents, reader);
    }
    ReadPlan plan = ReadPlan.of(extents, reader.size(), true, Repository.GRID_BYTES);
    Optional<ChangeCheck.Doubt> doubt =
        changes.look(reader, plan, base.get(), copy, tracker.cancellation());
    if (doubt.isEmpty()) {
      return new Reading(base, ReadMode.INCREMENTAL, plan);
    }
    doubt
        .get()
        .missedAt()
        .ifPresent(at -> tracker.vm(vmIndex, vm -> vm.withWarning(missed(source, at))));
    return full(doubt.get().reason(), extents, reader);
  }

  private static Reading full(String why, List<Extent> extents, DiskReader reader) {
    return new Reading(
        Optional.empty(),
        ReadMode.full(why),
        ReadPlan.of(extents, reader.size(), false, Repository.GRID_BYTES));
  }

  private static Problem missed(Source source, ByteCount at) {
    return new Problem(
        ErrorKind.CORRUPT_DATA,
        ("Disk %s differs from its last backup at offset %d, though the manager called that"
                + " unchanged; it was read in full")
            .formatted(source.settings().name(), at.bytes()),
        "Earlier restore points of this disk that were read incrementally may lack changes, too:"
            + " compare one with what the guest knows, and look for what disturbs the manager's"
            + " change tracking.");
  }

  private static ImageWriter open(
      PointWriter writer, Source source, ByteCount size, Optional<ImageRef> base) {
    String name = source.disk().id().value();
    return base.map(image -> writer.startImage(name, size, image))
        .orElseGet(() -> writer.startImage(name, size));
  }

  private static String whyFull(Source source, DiskReader reader) {
    return source.base().whyNone().isEmpty() ? reader.readMode().reason() : source.base().whyNone();
  }

  /** Counts what several threads move and shows it in the run. */
  private static final class Progress {

    private final RunTracker tracker;
    private final int vmIndex;
    private final Source source;
    private final ReadMode mode;
    private final AtomicLong read = new AtomicLong();
    private final long startNanos = System.nanoTime();

    Progress(RunTracker tracker, int vmIndex, Source source, ReadMode mode, ByteCount total) {
      this.tracker = tracker;
      this.vmIndex = vmIndex;
      this.source = source;
      this.mode = mode;
      DiskTask task =
          DiskTask.planned(
              source.disk().id(),
              source.settings().name(),
              mode.incremental() ? DiskTask.Mode.INCREMENTAL : DiskTask.Mode.FULL,
              mode.reason(),
              source.disk().size(),
              total);
      tracker.vm(vmIndex, vm -> vm.withDisk(task));
    }

    void moved(long bytes, ByteCount stored) {
      ByteCount done = new ByteCount(read.addAndGet(bytes));
      Duration elapsed = Duration.ofNanos(System.nanoTime() - startNanos);
      tracker.disk(
          vmIndex, source.disk().id(), disk -> disk.withProgress(done, done, stored, elapsed));
    }

    RestorePoint.Disk result(ByteCount size, ByteCount stored) {
      LOG.info(
          "run={} vm={} disk={} mode={} bytesVirtual={} bytesRead={} bytesStored={} {}",
          tracker.run().id(),
          tracker.run().vms().get(vmIndex).vmName(),
          source.disk().id(),
          mode.incremental() ? "incremental" : "full",
          size.bytes(),
          read.get(),
          stored.bytes(),
          mode.reason());
      return new RestorePoint.Disk(
          source.disk().id(),
          source.settings().name(),
          size,
          mode,
          new ByteCount(read.get()),
          stored);
    }
  }
}
