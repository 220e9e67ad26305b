package dev.stillpoint.repository.sort;

/** Is told of each record. */
public interface RecordVisitor {

  /** The record begins at {@code offset} of {@code buffer}, which holds it only during the call. */
  void record(byte[] buffer, int offset);
}
