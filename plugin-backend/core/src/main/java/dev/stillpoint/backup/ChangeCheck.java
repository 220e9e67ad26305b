package dev.stillpoint.backup;

import dev.stillpoint.hypervisor.DiskReader;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.ByteRange;
import dev.stillpoint.model.Cancellation;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.Reason;
import dev.stillpoint.model.ReasonCode;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.ImageReader;
import dev.stillpoint.repository.ImageRef;
import dev.stillpoint.repository.Repository;
import dev.stillpoint.transfer.ParallelCopy;
import dev.stillpoint.transfer.ReadPlan;
import dev.stillpoint.transfer.SamplePlan;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * Looks whether a manager's word on changed blocks can be trusted: re-reads a few blocks that it
 * calls unchanged and compares them with the repository. Thread-safe.
 */
final class ChangeCheck {

  private static final long NOWHERE = Long.MAX_VALUE;

  private final Repository repository;
  private final Sampling sampling;
  private final RandomGenerator random;

  /**
   * Why a disk is read in full instead.
   *
   * @param missedAt where the disk differs though it was called unchanged; empty when it is the
   *     earlier image that could not be read
   */
  record Doubt(String reason, Optional<ByteCount> missedAt) {}

  ChangeCheck(Repository repository, Sampling sampling, RandomGenerator random) {
    this.repository = repository;
    this.sampling = sampling;
    this.random = random;
  }

  /**
   * @param plan what is read of the disk on top of the earlier image
   * @param copy reads the sample, on as many threads as the reader likes
   */
  Optional<Doubt> look(
      DiskReader reader,
      ReadPlan plan,
      ImageRef earlier,
      ParallelCopy copy,
      Cancellation cancellation) {
    List<ByteRange> sample =
        SamplePlan.of(
            plan,
            reader.size(),
            Repository.GRID_BYTES,
            sampling.percent(),
            sampling.most(),
            random);
    if (sample.isEmpty()) {
      return Optional.empty();
    }
    AtomicLong missed = new AtomicLong(NOWHERE);
    try (ImageReader before = repository.openImage(earlier)) {
      copy.run(
          sample,
          reader.parallelReads(),
          cancellation,
          (cell, buffer) -> {
            if (missed.get() == NOWHERE) {
              reader.read(cell.start(), buffer);
              long at = firstDifference(cell, buffer.flip(), before);
              missed.accumulateAndGet(at, Math::min);
            }
          });
    } catch (StillpointException e) {
      if (e.kind() != ErrorKind.CORRUPT_DATA) {
        throw e;
      }
      return Optional.of(new Doubt(Reason.of(ReasonCode.LAST_DAMAGED).text(), Optional.empty()));
    }
    return missed.get() == NOWHERE ? Optional.empty() : Optional.of(missed(missed.get()));
  }

  private static Doubt missed(long at) {
    return new Doubt(
        Reason.of(ReasonCode.CHANGE_MISSED, at).text(), Optional.of(ByteCount.ofBytes(at)));
  }

  private static long firstDifference(ByteRange cell, ByteBuffer now, ImageReader before) {
    ByteBuffer then = ByteBuffer.allocate(now.remaining());
    before.read(cell.start(), then);
    int at = now.mismatch(then.flip());
    return at < 0 ? NOWHERE : cell.start() + at;
  }
}
