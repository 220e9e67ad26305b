package dev.stillpoint.repository;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.blob.BlobStore;
import dev.stillpoint.repository.crypto.Keyring;
import dev.stillpoint.repository.crypto.MasterKey;
import dev.stillpoint.repository.crypto.PassphraseCost;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

/**
 * Who a repository is and what it seals with, from its making or unlocking until it is closed.
 * Thread-safe; closing wipes the keys.
 */
final class RepositoryKeys implements AutoCloseable {

  private static final int FIRST_SLOT = 1;
  private static final String FIRST_LABEL = "first";

  private final RepositoryFile file;
  private final Keyring keyring;
  private final Optional<KeySlots> slots;

  private RepositoryKeys(RepositoryFile file, Keyring keyring, Optional<KeySlots> slots) {
    this.file = file;
    this.keyring = keyring;
    this.slots = slots;
  }

  /** Makes the blobs a repository that is not encrypted. */
  static RepositoryKeys create(BlobStore blobs, InstantSource clock) {
    RepositoryFile file = new RepositoryFile(UUID.randomUUID(), clock.instant(), Optional.empty());
    file.write(blobs);
    return plain(file);
  }

  /** Makes the blobs an encrypted repository: the slot comes first, the file is the commit. */
  static RepositoryKeys create(
      BlobStore blobs, InstantSource clock, Passphrase passphrase, PassphraseCost cost) {
    SecureRandom random = new SecureRandom();
    MasterKey master = MasterKey.generate(random);
    try {
      RepositoryFile file =
          new RepositoryFile(
              UUID.randomUUID(), clock.instant(), Optional.of(Keyring.check(master)));
      KeySlotStore store = new KeySlotStore(blobs, file, random);
      store.save(new KeySlot(FIRST_SLOT, FIRST_LABEL, file.created()), master, passphrase, cost);
      file.write(blobs);
      return encrypted(store, master, clock, cost, random);
    } catch (RuntimeException | Error e) {
      master.close();
      throw e;
    }
  }

  /**
   * @throws StillpointException PERMISSION when the key is missing or not this repository's,
   *     CONFLICT when a key is given and nothing is encrypted or the version is unknown,
   *     CORRUPT_DATA
   */
  static RepositoryKeys unlock(
      BlobStore blobs, InstantSource clock, RepositoryKey key, PassphraseCost cost) {
    RepositoryFile file = RepositoryFile.read(blobs);
    if (file.encrypted()) {
      SecureRandom random = new SecureRandom();
      KeySlotStore store = new KeySlotStore(blobs, file, random);
      return encrypted(store, key.unlock(store), clock, cost, random);
    }
    if (key.isPresent()) {
      // Who gives a key expects secrecy; somebody else may have put this repository there.
      throw new StillpointException(
          ErrorKind.CONFLICT,
          "The repository " + blobs.location() + " is not encrypted, yet a key was given",
          "Check that it is the right repository; open it without a key.");
    }
    return plain(file);
  }

  private static RepositoryKeys plain(RepositoryFile file) {
    return new RepositoryKeys(file, Keyring.plain(), Optional.empty());
  }

  private static RepositoryKeys encrypted(
      KeySlotStore store,
      MasterKey master,
      InstantSource clock,
      PassphraseCost cost,
      SecureRandom random) {
    return new RepositoryKeys(
        store.repository(),
        Keyring.of(master, random),
        Optional.of(new KeySlots(store, master, clock, cost)));
  }

  RepositoryFile file() {
    return file;
  }

  Keyring keyring() {
    return keyring;
  }

  Optional<KeySlots> slots() {
    return slots;
  }

  @Override
  public void close() {
    keyring.close();
    slots.ifPresent(KeySlots::wipe);
  }

  /** For those who ask a repository without encryption for its keys. */
  static StillpointException none(String location) {
    return new StillpointException(
        ErrorKind.CONFLICT,
        "The repository " + location + " is not encrypted: it has no keys",
        "Make a new repository with a key to have its backups encrypted.");
  }
}
