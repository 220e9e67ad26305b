package dev.stillpoint.benchmarks;

/** A way to cut an image. Not thread-safe. */
interface Chunking {

  /** No chunk is longer. */
  int maxBytes();

  /**
   * Where the chunk that starts at {@code offset} ends.
   *
   * @param length at least {@link #maxBytes} but at the end of a run of data
   * @return the chunk's bytes, 1 to {@code length}
   */
  int cut(byte[] data, int offset, int length);
}
