package dev.stillpoint.rest;

import dev.stillpoint.model.ByteRange;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.ImageReader;
import dev.stillpoint.rest.dto.ExtentsDto;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Cuts the data ranges of a disk of any size into pages of bounded cost. */
final class ExtentsPage {

  static final int MAX_LIMIT = 10_000;

  /** What is looked at and held at a time: 16384 chunks. */
  private static final long WINDOW_BYTES = 1L << 30;

  /** A page ends here even if it is not full: some seconds for a disk full of scattered data. */
  private static final long MAX_WINDOWS = 256;

  private ExtentsPage() {}

  /**
   * @param start where the page begins
   * @param limit how many ranges it may have; one that reaches over a page's end is in both
   * @throws StillpointException BAD_REQUEST for a start or limit that cannot be, CORRUPT_DATA
   */
  static ExtentsDto read(ImageReader image, long start, int limit) {
    long size = image.size().bytes();
    if (start < 0 || start > size || limit < 1 || limit > MAX_LIMIT) {
      throw new StillpointException(
          ErrorKind.BAD_REQUEST,
          "A start is between 0 and "
              + size
              + ", a limit between 1 and "
              + MAX_LIMIT
              + ": "
              + start
              + ", "
              + limit,
          "");
    }
    List<ByteRange> ranges = new ArrayList<>();
    long at = start;
    for (int windows = 0; at < size && windows < MAX_WINDOWS; windows++) {
      long end = Math.min(size, at + WINDOW_BYTES);
      for (ByteRange range : image.dataRanges(ByteRange.between(at, end))) {
        if (!append(ranges, range, limit)) {
          return ExtentsDto.of(ranges, Optional.of(range.start()));
        }
      }
      at = end;
    }
    return ExtentsDto.of(ranges, at < size ? Optional.of(at) : Optional.empty());
  }

  /** Whether there was room. */
  private static boolean append(List<ByteRange> ranges, ByteRange range, int limit) {
    int last = ranges.size() - 1;
    if (last >= 0 && ranges.get(last).end() == range.start()) {
      ranges.set(last, ByteRange.between(ranges.get(last).start(), range.end()));
      return true;
    }
    return ranges.size() < limit && ranges.add(range);
  }
}
