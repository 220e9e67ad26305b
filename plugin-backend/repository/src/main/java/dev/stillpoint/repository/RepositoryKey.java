package dev.stillpoint.repository;

import dev.stillpoint.repository.crypto.MasterKey;

/**
 * What opens a repository: a {@link Passphrase}, a {@link KeySheet}, or nothing where nothing is
 * encrypted. Thread-safe; closing wipes it, a repository that is open stays open.
 */
public abstract sealed class RepositoryKey implements AutoCloseable
    permits Passphrase, KeySheet, NoKey {

  RepositoryKey() {}

  /** For a repository that is not encrypted. */
  public static RepositoryKey none() {
    return new NoKey();
  }

  /**
   * Finds the master key; the caller closes it.
   *
   * @throws dev.stillpoint.model.StillpointException PERMISSION when this is not a key of the
   *     repository, CORRUPT_DATA when its slots are damaged
   */
  abstract MasterKey unlock(KeySlotStore slots);

  /** Whether this is a key at all. */
  abstract boolean isPresent();

  @Override
  public abstract void close();
}
