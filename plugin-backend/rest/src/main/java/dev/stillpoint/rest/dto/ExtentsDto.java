package dev.stillpoint.rest.dto;

import dev.stillpoint.model.ByteRange;
import java.util.List;
import java.util.Optional;

/**
 * A page of the ranges of a disk that hold data.
 *
 * @param next from where to go on; absent when the disk's end is reached
 */
public record ExtentsDto(List<ExtentDto> items, Optional<Long> next) {

  /** A range, in bytes. */
  public record ExtentDto(long start, long length) {}

  /** In the order given. */
  public static ExtentsDto of(List<ByteRange> ranges, Optional<Long> next) {
    return new ExtentsDto(
        ranges.stream().map(range -> new ExtentDto(range.start(), range.length())).toList(), next);
  }
}
