package dev.stillpoint.repository;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.crypto.MasterKey;

/** The key of a repository that is not encrypted. */
final class NoKey extends RepositoryKey {

  @Override
  MasterKey unlock(KeySlotStore slots) {
    throw new StillpointException(
        ErrorKind.PERMISSION,
        "The repository " + slots.location() + " is encrypted, and no key was given",
        "Give its key file or its key sheet.");
  }

  @Override
  boolean isPresent() {
    return false;
  }

  @Override
  public void close() {
    // There is nothing to wipe.
  }

  @Override
  public String toString() {
    return "no key";
  }
}
