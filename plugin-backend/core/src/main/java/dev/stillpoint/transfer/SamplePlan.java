package dev.stillpoint.transfer;

import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.ByteRange;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Which of the grid cells that a {@link ReadPlan} leaves alone are read all the same, to see
 * whether they are as before. Pure but for the chance that is given.
 *
 * <p>The cells left alone are cut into as many stretches of one length as there are samples, and
 * one cell of each is taken: no part of the disk is passed over for long.
 */
public final class SamplePlan {

  private static final int PERCENT = 100;

  private SamplePlan() {}

  /**
   * @param percent of the cells left alone; 0: none
   * @param most bytes at most
   * @return single grid cells, ascending
   */
  public static List<ByteRange> of(
      ReadPlan plan,
      ByteCount size,
      int gridBytes,
      int percent,
      ByteCount most,
      RandomGenerator random) {
    List<ByteRange> kept = kept(plan, size);
    long cells = kept.stream().mapToLong(range -> cells(range, gridBytes)).sum();
    long wanted = (cells * percent + PERCENT - 1) / PERCENT;
    long samples = Math.min(wanted, most.bytes() / gridBytes);
    List<ByteRange> chosen = new ArrayList<>();
    long before = 0;
    int range = 0;
    for (long i = 0; i < samples; i++) {
      long from = cells * i / samples;
      long to = cells * (i + 1) / samples;
      long cell = from + random.nextLong(to - from);
      while (cell - before >= cells(kept.get(range), gridBytes)) {
        before += cells(kept.get(range), gridBytes);
        range++;
      }
      long start = kept.get(range).start() + (cell - before) * gridBytes;
      chosen.add(ByteRange.between(start, Math.min(start + gridBytes, kept.get(range).end())));
    }
    return chosen;
  }

  /** What is neither read nor made zero. */
  private static List<ByteRange> kept(ReadPlan plan, ByteCount size) {
    List<ByteRange> kept = new ArrayList<>();
    long position = 0;
    int read = 0;
    int zero = 0;
    while (position < size.bytes()) {
      long nextRead = read < plan.read().size() ? plan.read().get(read).start() : size.bytes();
      long nextZero = zero < plan.zero().size() ? plan.zero().get(zero).start() : size.bytes();
      long next = Math.min(nextRead, nextZero);
      if (next > position) {
        kept.add(ByteRange.between(position, next));
      }
      if (next == size.bytes()) {
        return kept;
      }
      position = next == nextRead ? plan.read().get(read++).end() : plan.zero().get(zero++).end();
    }
    return kept;
  }

  private static long cells(ByteRange range, int gridBytes) {
    return (range.length() + gridBytes - 1) / gridBytes;
  }
}
