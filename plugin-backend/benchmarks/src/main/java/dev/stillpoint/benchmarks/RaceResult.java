package dev.stillpoint.benchmarks;

/**
 * What one candidate did with one image.
 *
 * @param dataBytes of the image that are no holes
 * @param chunks of the image, holes aside
 * @param newBytes of chunks that were not known, before compression
 * @param duplicateBytes of chunks that were known, from this image or one before
 * @param storedBytes of all records after this image, headers included, maps aside
 * @param mapBytes of the nodes that this image added
 * @param knownChunks in the store after this image, each an entry of the index
 * @param stuckBytes of dead chunks in records with live ones, if only this image were kept
 * @param microsPerRandomRead CPU to decompress what one chunk needs
 */
record RaceResult(
    String candidate,
    String image,
    long dataBytes,
    CpuSeconds cpu,
    long chunks,
    long newBytes,
    long duplicateBytes,
    long storedBytes,
    long mapBytes,
    long knownChunks,
    long stuckBytes,
    double microsPerRandomRead) {

  /** CPU seconds of one thread by step. */
  record CpuSeconds(double cut, double hash, double compress) {

    double sum() {
      return cut + hash + compress;
    }
  }

  /** Bytes of the index for a TiB of data like this. */
  long indexBytesPerTebibyte() {
    return Math.round((double) knownChunks * INDEX_ENTRY_BYTES / dataBytes * (1L << 40));
  }

  private static final int INDEX_ENTRY_BYTES = 44;
}
