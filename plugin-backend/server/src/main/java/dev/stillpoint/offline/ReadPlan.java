package dev.stillpoint.offline;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.repository.Repository;

/**
 * Which part of an image is read, and which becomes a hole; the rest stays as it was in the image
 * that the new one is built on.
 *
 * @param read on the grid but at the image's end
 * @param zero likewise
 */
record ReadPlan(ByteRanges read, ByteRanges zero) {

  ReadPlan {
    requireNonNull(read, "read");
    requireNonNull(zero, "zero");
  }

  /** The whole image; what is not read of a new image is a hole already. */
  static ReadPlan whole(ByteRanges data, long sizeBytes) {
    return new ReadPlan(data.widened(Repository.GRID_BYTES, sizeBytes), ByteRanges.NONE);
  }

  /**
   * What changed since another image. What lies beyond that one's end is read as well, whether
   * listed or not: the list may have been made before the disk was grown.
   */
  static ReadPlan changed(
      ByteRanges changed, ByteRanges data, long sizeBytes, long previousSizeBytes) {
    ByteRanges grown =
        ByteRanges.first(sizeBytes)
            .without(ByteRanges.first(Math.min(sizeBytes, previousSizeBytes)));
    ByteRanges wanted = changed.with(grown).widened(Repository.GRID_BYTES, sizeBytes);
    ByteRanges readable = data.widened(Repository.GRID_BYTES, sizeBytes);
    return new ReadPlan(wanted.and(readable), wanted.without(readable));
  }
}
