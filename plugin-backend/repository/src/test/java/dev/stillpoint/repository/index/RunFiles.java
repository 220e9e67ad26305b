package dev.stillpoint.repository.index;

import java.nio.ByteBuffer;

/** Forges runs: changes them and makes their checksums right again. */
final class RunFiles {

  private RunFiles() {}

  static byte[] withHeaderChecksum(byte[] file) {
    ByteBuffer.wrap(file)
        .putInt(
            RunFormat.BLOCK_CHECKED_BYTES,
            RunFormat.checksum(file, 0, RunFormat.BLOCK_CHECKED_BYTES));
    return file;
  }

  static byte[] withFooterChecksum(byte[] file) {
    int footer = file.length - RunFormat.FOOTER_BYTES;
    int checked = RunFormat.FOOTER_BYTES - Integer.BYTES;
    ByteBuffer.wrap(file).putInt(footer + checked, RunFormat.checksum(file, footer, checked));
    return file;
  }

  /** The tail's, and then the footer's. */
  static byte[] withTailChecksum(byte[] file, int blocks) {
    int tail = (int) RunFormat.tailOffset(blocks);
    int footer = file.length - RunFormat.FOOTER_BYTES;
    ByteBuffer.wrap(file).putInt(footer + 44, RunFormat.checksum(file, tail, footer - tail));
    return withFooterChecksum(file);
  }

  static byte[] withBlockChecksum(byte[] file, int block) {
    RunFormat.seal(file, (int) RunFormat.blockOffset(block), RunFormat.BLOCK_CHECKED_BYTES, block);
    return file;
  }
}
