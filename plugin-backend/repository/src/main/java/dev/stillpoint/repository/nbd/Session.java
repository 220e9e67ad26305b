package dev.stillpoint.repository.nbd;

/**
 * What a client and we have agreed on.
 *
 * @param structured whether replies are structured
 * @param allocation whether it may ask what is a hole
 */
record Session(SharedImage.Lease lease, boolean structured, boolean allocation)
    implements AutoCloseable {

  @Override
  public void close() {
    lease.close();
  }
}
