package dev.stillpoint.repository.sort;

/**
 * Records of one length in the unsigned order of their bytes, one after the other. One thread.
 *
 * <p>Begins before the first record; what {@link #buffer} and {@link #offset} tell holds until the
 * next call of {@link #next}.
 */
public interface SortedRecords {

  /**
   * Moves to the next record.
   *
   * @return false when there is none
   * @throws dev.stillpoint.model.StillpointException CORRUPT_DATA when what was stored does not
   *     come back as it was, STORAGE_UNAVAILABLE when it does not come at all
   */
  boolean next();

  /** Holds the record, among other things; must not be changed. */
  byte[] buffer();

  /** Where in the buffer the record begins. */
  int offset();
}
