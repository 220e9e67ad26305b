package dev.stillpoint.benchmarks;

import dev.stillpoint.repository.stream.ContentCutter;

/** Cuts anywhere, by a rolling hash: what streams use. */
final class ContentChunking implements Chunking {

  @Override
  public int maxBytes() {
    return ContentCutter.MAX_BYTES;
  }

  @Override
  public int cut(byte[] data, int offset, int length) {
    int cut = new ContentCutter().cut(data, offset, length);
    return cut == 0 ? length : cut;
  }
}
