package dev.stillpoint.repository.map;

/** Is told what one node of a map refers to, without its order. */
public interface NodeReferences {

  /**
   * A node one level below.
   *
   * @param content holds its id, 32 bytes, at {@code offset}
   * @param entry which of its parent's 256 entries it is
   */
  void node(byte[] content, int offset, int entry);

  /**
   * A chunk of the disk.
   *
   * @param content holds its id, 32 bytes, at {@code offset}
   * @param entry which of the leaf's 256 entries it is
   */
  void chunk(byte[] content, int offset, int entry);
}
