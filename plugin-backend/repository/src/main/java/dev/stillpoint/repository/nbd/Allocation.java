package dev.stillpoint.repository.nbd;

import dev.stillpoint.model.ByteRange;
import dev.stillpoint.repository.ImageReader;
import java.util.ArrayList;
import java.util.List;

/**
 * What is data and what is a hole, from an offset on, as far as was asked for.
 *
 * <p>The image's map is looked at in windows that grow, never as a whole: the first answer about a
 * disk of 64 TiB takes as long as that about a small one, and no more than a window's ranges are
 * held.
 */
final class Allocation {

  /** So many bytes from the end of the one before. */
  record Extent(long bytes, boolean data) {}

  /** An answer of 512 KiB; the specification's limit is 16 times that. */
  static final int MAX_EXTENTS = 64 * 1024;

  /** What one leaf of a disk map tells. */
  private static final long FIRST_WINDOW_BYTES = 16 << 20;

  private static final long LAST_WINDOW_BYTES = 1 << 30;

  private final List<Extent> extents = new ArrayList<>();

  private Allocation() {}

  /**
   * @param part within the image
   * @param one whether only the first extent is wanted
   * @return at least one; they start where the part does, and may end before it does
   */
  static List<Extent> of(ImageReader image, ByteRange part, boolean one) {
    Allocation found = new Allocation();
    int enough = one ? 2 : MAX_EXTENTS;
    long window = FIRST_WINDOW_BYTES;
    for (long at = part.start(); at < part.end() && found.extents.size() < enough; ) {
      long end = Math.min(part.end(), at + window);
      found.add(ByteRange.between(at, end), image.dataRanges(ByteRange.between(at, end)));
      at = end;
      window = Math.min(2 * window, LAST_WINDOW_BYTES);
    }
    return one ? found.extents.subList(0, 1) : found.extents;
  }

  private void add(ByteRange window, List<ByteRange> data) {
    long at = window.start();
    for (ByteRange range : data) {
      add(range.start() - at, false);
      add(range.length(), true);
      at = range.end();
    }
    add(window.end() - at, false);
  }

  private void add(long bytes, boolean data) {
    int last = extents.size() - 1;
    if (bytes > 0 && last >= 0 && extents.get(last).data() == data) {
      extents.set(last, new Extent(extents.get(last).bytes() + bytes, data));
    } else if (bytes > 0) {
      extents.add(new Extent(bytes, data));
    }
  }
}
