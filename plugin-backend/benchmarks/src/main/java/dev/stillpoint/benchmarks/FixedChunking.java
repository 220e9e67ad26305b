package dev.stillpoint.benchmarks;

/** A fixed grid. */
record FixedChunking(int maxBytes) implements Chunking {

  @Override
  public int cut(byte[] data, int offset, int length) {
    return Math.min(length, maxBytes);
  }
}
