package dev.stillpoint.hypervisor.lab.block;

/**
 * A run of an image with one character.
 *
 * @param start first byte
 * @param length in bytes, positive
 * @param zero reads as zeroes
 * @param hole nothing is allocated
 * @param dirty changed since the checkpoint that was asked about; false where none was
 */
public record Extent(long start, long length, boolean zero, boolean hole, boolean dirty) {
  public Extent {
    if (start < 0 || length <= 0) {
      throw new IllegalArgumentException("extent " + start + "+" + length);
    }
  }

  boolean joins(Extent next) {
    return zero == next.zero && hole == next.hole && dirty == next.dirty;
  }

  Extent plus(Extent next) {
    return new Extent(start, length + next.length, zero, hole, dirty);
  }
}
