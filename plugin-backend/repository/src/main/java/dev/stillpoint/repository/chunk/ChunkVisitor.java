package dev.stillpoint.repository.chunk;

import dev.stillpoint.repository.format.ChunkKind;

/** Is told what lies at the places of a list of chunks. */
public interface ChunkVisitor {

  /**
   * A chunk's content, whose id was checked.
   *
   * @param number of the chunk in the list
   * @param content holds it, among other things, during this call only
   */
  void content(int number, ChunkKind kind, byte[] content, int offset, int length);

  /**
   * The chunk cannot be read, there or anywhere else; it is marked as damaged.
   *
   * @param number of the chunk in the list
   * @param problem a sentence that names chunk and place
   */
  void unreadable(int number, String problem);
}
