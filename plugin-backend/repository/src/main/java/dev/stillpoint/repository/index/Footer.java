package dev.stillpoint.repository.index;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.blob.BlobName;
import dev.stillpoint.repository.blob.BlobStore;
import java.nio.ByteBuffer;

/** The footer of a run, and with it the length of everything before; see {@link RunFormat}. */
record Footer(
    long number,
    long age,
    long entries,
    long damaged,
    int extents,
    int replaced,
    int highestPack,
    int tailChecksum) {

  /** The page at the start of every run. */
  static byte[] header() {
    byte[] page = new byte[RunFormat.PAGE_BYTES];
    ByteBuffer.wrap(page).putLong(RunFormat.MAGIC).putInt(RunFormat.VERSION);
    ByteBuffer.wrap(page)
        .putInt(
            RunFormat.BLOCK_CHECKED_BYTES,
            RunFormat.checksum(page, 0, RunFormat.BLOCK_CHECKED_BYTES));
    return page;
  }

  byte[] encode() {
    byte[] footer = new byte[RunFormat.FOOTER_BYTES];
    ByteBuffer out = ByteBuffer.wrap(footer);
    out.putLong(number).putLong(age).putLong(entries).putLong(damaged);
    out.putInt(extents).putInt(replaced).putInt(highestPack).putInt(tailChecksum);
    out.putLong(RunFormat.MAGIC).putInt(RunFormat.VERSION);
    out.putInt(RunFormat.checksum(footer, 0, out.position()));
    return footer;
  }

  int blocks() {
    return RunFormat.blocks(entries);
  }

  long tailBytes() {
    return RunFormat.tailBytes(blocks(), extents, replaced);
  }

  /**
   * Reads header and footer and compares them with the length of the file.
   *
   * @throws StillpointException CORRUPT_DATA when they are not as they were written; CONFLICT when
   *     another version of Stillpoint wrote them
   */
  static Footer read(BlobStore blobs, long number) {
    BlobName name = RunNames.run(number);
    checkHeader(blobs, name);
    long sizeBytes = blobs.size(name);
    if (sizeBytes < RunFormat.PAGE_BYTES + RunFormat.FOOTER_BYTES) {
      throw corrupt(name, "it is cut off");
    }
    ByteBuffer in = ByteBuffer.allocate(RunFormat.FOOTER_BYTES);
    blobs.read(name, sizeBytes - RunFormat.FOOTER_BYTES, in);
    in.flip();
    Footer footer =
        new Footer(
            in.getLong(),
            in.getLong(),
            in.getLong(),
            in.getLong(),
            in.getInt(),
            in.getInt(),
            in.getInt(),
            in.getInt());
    boolean ours = in.getLong() == RunFormat.MAGIC && in.getInt() == RunFormat.VERSION;
    int checked = in.position();
    if (in.getInt() != RunFormat.checksum(in.array(), 0, checked) || !ours) {
      throw corrupt(name, "its footer does not match its checksum");
    }
    if (!footer.isPossible(number) || footer.sizeBytes() != sizeBytes) {
      throw corrupt(name, "its footer does not fit");
    }
    return footer;
  }

  static StillpointException corrupt(BlobName name, String problem) {
    return new StillpointException(
        ErrorKind.CORRUPT_DATA,
        "The index run " + name + " is damaged: " + problem,
        "Open the repository again: what the run listed is read from the packs then.");
  }

  private static void checkHeader(BlobStore blobs, BlobName name) {
    ByteBuffer page = ByteBuffer.allocate(RunFormat.PAGE_BYTES);
    blobs.read(name, 0, page);
    if (page.getInt(RunFormat.BLOCK_CHECKED_BYTES)
            != RunFormat.checksum(page.array(), 0, RunFormat.BLOCK_CHECKED_BYTES)
        || page.getLong(0) != RunFormat.MAGIC) {
      throw corrupt(name, "its header does not match its checksum");
    }
    int version = page.getInt(Long.BYTES);
    if (version != RunFormat.VERSION) {
      throw new StillpointException(
          ErrorKind.CONFLICT,
          "The index run "
              + name
              + " has version "
              + version
              + ", this Stillpoint reads version "
              + RunFormat.VERSION,
          "Open the repository with the Stillpoint that wrote it, or a newer one.");
    }
  }

  private boolean isPossible(long fileNumber) {
    return number == fileNumber
        && entries >= 0
        && entries <= (long) RunFormat.MAX_BLOCKS * RunFormat.BLOCK_ENTRIES
        && damaged >= 0
        && damaged <= entries
        && extents >= 0
        && extents <= Integer.MAX_VALUE / Extents.BYTES
        && replaced >= 0
        && replaced <= RunFormat.MAX_REPLACED
        && highestPack >= -1;
  }

  private long sizeBytes() {
    return RunFormat.tailOffset(blocks()) + tailBytes() + RunFormat.FOOTER_BYTES;
  }
}
