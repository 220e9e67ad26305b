package dev.stillpoint.repository.index;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The layout of a run, {@code index/<number>.run}, number in 16 hexadecimal digits. Big-endian;
 * checksums are CRC-32C; pages have 4,096 bytes.
 *
 * <pre>
 * header page
 *     0     8  magic "STPINDEX"
 *     8     4  version, 1
 *    12        zeroes
 *  4092     4  checksum of the 4,092 bytes before
 *
 * groups, one after the other, of 33 pages; the last may have fewer
 *     0  4096  filter page: 32 lines of 128 bytes, one for each block of the group in turn (zeroes
 *              for blocks that are not there): 124 bytes of filter bits (see {@link FilterLine}),
 *              checksum of the block's number (4) and these
 *  4096        1 to 32 blocks of one page: 93 entries of 44 bytes (see {@link Entries}), in the
 *              last block of the run as many as are left, then zeroes; at 4092 the checksum of the
 *              block's number (4) and its first 4,092 bytes. Blocks are numbered from zero through
 *              the run. Entries are in the unsigned order of their ids, each id once.
 *
 * tail, after the last block
 *              fences: for each block the first 4 bytes of its first id
 *              marks: one bit for each block, rounded up to bytes: whether it has an entry that is
 *              marked damaged; block n is the bit of value 1 &lt;&lt; (n % 8) in byte n / 8
 *              extents: parts of packs whose records are all listed in this run, or in one that it
 *              replaces and in which they were superseded: pack (4), from (4), to (4); in order,
 *              none touches the next
 *              numbers of the runs that this one replaces (8 each)
 *
 * footer, the last 64 bytes
 *     0     8  number of the run
 *     8     8  age: of two entries for an id the one in the run of the higher age is newer (its own
 *              number, or the highest age of those it replaces)
 *    16     8  number of entries
 *    24     8  number of entries that are marked damaged
 *    32     4  number of extents
 *    36     4  number of runs that it replaces
 *    40     4  highest number of a pack that this run or one that it replaces ever named, or -1
 *    44     4  checksum of the tail
 *    48     8  magic "STPINDEX"
 *    56     4  version, 1
 *    60     4  checksum of the 60 bytes before
 * </pre>
 *
 * A file of another length than this gives is damaged. Later versions keep the header page's form.
 *
 * <p>{@code index/<number>.damaged}, empty, says that the run of that number was found damaged
 * while it was in use: it counts as damaged from then on, whatever its checksums say.
 */
final class RunFormat {

  static final long MAGIC = 0x535450494E444558L;
  static final int VERSION = 1;
  static final int PAGE_BYTES = 4096;
  static final int BLOCK_ENTRIES = 93;
  static final int BLOCK_CHECKED_BYTES = PAGE_BYTES - Integer.BYTES;
  static final int GROUP_BLOCKS = PAGE_BYTES / FilterLine.BYTES;
  static final int GROUP_BYTES = (1 + GROUP_BLOCKS) * PAGE_BYTES;
  static final int FOOTER_BYTES = 64;

  /** As many runs can be merged into one at most. */
  static final int MAX_REPLACED = 1 << 16;

  /** More blocks than an array of fences has room for, and 500 times what 10 TiB need. */
  static final int MAX_BLOCKS = 1 << 30;

  private RunFormat() {}

  static int blocks(long entries) {
    return Math.toIntExact((entries + BLOCK_ENTRIES - 1) / BLOCK_ENTRIES);
  }

  static int blocksInGroup(int blocks, int group) {
    return Math.min(GROUP_BLOCKS, blocks - group * GROUP_BLOCKS);
  }

  static int entriesInBlock(long entries, int block) {
    return (int) Math.min(BLOCK_ENTRIES, entries - (long) block * BLOCK_ENTRIES);
  }

  static long groupOffset(int group) {
    return PAGE_BYTES + (long) group * GROUP_BYTES;
  }

  static long lineOffset(int block) {
    return groupOffset(block / GROUP_BLOCKS) + (long) block % GROUP_BLOCKS * FilterLine.BYTES;
  }

  static long blockOffset(int block) {
    return groupOffset(block / GROUP_BLOCKS) + (1L + block % GROUP_BLOCKS) * PAGE_BYTES;
  }

  static long tailOffset(int blocks) {
    return blocks == 0 ? PAGE_BYTES : blockOffset(blocks - 1) + PAGE_BYTES;
  }

  static long tailBytes(int blocks, int extents, int replaced) {
    return 4L * blocks + markBytes(blocks) + (long) Extents.BYTES * extents + 8L * replaced;
  }

  static int markBytes(int blocks) {
    return (blocks + 7) / 8;
  }

  static int checksum(byte[] bytes, int offset, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, offset, length);
    return (int) crc.getValue();
  }

  /** Puts the checksum after a block's or a filter line's bytes. */
  static void seal(byte[] bytes, int offset, int length, int block) {
    ByteBuffer.wrap(bytes).putInt(offset + length, checksum(bytes, offset, length, block));
  }

  static boolean isSealed(byte[] bytes, int offset, int length, int block) {
    return ByteBuffer.wrap(bytes).getInt(offset + length) == checksum(bytes, offset, length, block);
  }

  private static int checksum(byte[] bytes, int offset, int length, int block) {
    CRC32C crc = new CRC32C();
    crc.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, block));
    crc.update(bytes, offset, length);
    return (int) crc.getValue();
  }
}
