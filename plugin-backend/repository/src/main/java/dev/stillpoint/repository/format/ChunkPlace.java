package dev.stillpoint.repository.format;

/**
 * Where a chunk's record lies.
 *
 * @param pack number of the pack
 * @param offset of the record's header in the pack, in bytes
 * @param length of header and payload, in bytes
 * @param damaged whether the record was found missing or damaged: good for messages, not for reuse
 */
public record ChunkPlace(int pack, int offset, int length, boolean damaged) {

  public ChunkPlace {
    if (pack < 0 || offset < 0 || length < 1) {
      throw new IllegalArgumentException(
          "Not a place: pack " + pack + " offset " + offset + " length " + length);
    }
  }

  public boolean samePlace(ChunkPlace other) {
    return pack == other.pack && offset == other.offset;
  }

  public ChunkPlace asDamaged() {
    return new ChunkPlace(pack, offset, length, true);
  }

  @Override
  public String toString() {
    return Packs.name(pack) + " at offset " + offset;
  }
}
