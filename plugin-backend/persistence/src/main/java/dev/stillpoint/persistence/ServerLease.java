package dev.stillpoint.persistence;

/**
 * The right of one server to carry out what the database says. While it is held no other server
 * takes runs from the same queue or sweeps the same journal.
 */
public interface ServerLease extends AutoCloseable {

  /** Gives it to whoever asks next. */
  @Override
  void close();
}
