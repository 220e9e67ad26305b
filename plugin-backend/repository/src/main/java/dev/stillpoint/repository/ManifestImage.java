package dev.stillpoint.repository;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.ByteCount;

/**
 * What a restore point says about one of its disk images or streams.
 *
 * @param name unique within its point
 * @param size of the virtual disk, or of the stream
 * @param dataBytes the part of it that is not zeroes, in whole chunks, but at the image's end
 * @param storedBytes what this image added to the packs when it was written: compressed, and only
 *     what was not there before
 * @param rootHash 64 hexadecimal digits; equal for equal content, 64 zeroes for a disk of zeroes
 * @param layout how it is cut
 */
public record ManifestImage(
    String name,
    ByteCount size,
    ByteCount dataBytes,
    ByteCount storedBytes,
    String rootHash,
    ImageLayout layout) {

  public ManifestImage {
    requireNonNull(name, "name");
    requireNonNull(size, "size");
    requireNonNull(dataBytes, "dataBytes");
    requireNonNull(storedBytes, "storedBytes");
    requireNonNull(rootHash, "rootHash");
    requireNonNull(layout, "layout");
  }

  /** A disk. */
  public ManifestImage(
      String name, ByteCount size, ByteCount dataBytes, ByteCount storedBytes, String rootHash) {
    this(name, size, dataBytes, storedBytes, rootHash, ImageLayout.GRID);
  }
}
