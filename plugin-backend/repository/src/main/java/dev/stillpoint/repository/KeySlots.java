package dev.stillpoint.repository;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.crypto.MasterKey;
import dev.stillpoint.repository.crypto.PassphraseCost;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The passphrases that open an encrypted repository, and its key sheet. Thread-safe; usable while
 * the repository is open.
 *
 * <p>All changes are durable when they return. A passphrase that was removed or changed opens the
 * repository no more; who kept a copy of its slot file together with it still has the key.
 */
public final class KeySlots {

  private static final Logger LOG = LoggerFactory.getLogger(KeySlots.class);
  private static final int MAX_LABEL_LENGTH = 100;

  private final KeySlotStore store;
  private final MasterKey master;
  private final InstantSource clock;
  private final PassphraseCost cost;

  /** Takes the key over. */
  KeySlots(KeySlotStore store, MasterKey master, InstantSource clock, PassphraseCost cost) {
    this.store = store;
    this.master = master;
    this.clock = clock;
    this.cost = cost;
  }

  /** The slots in the order of their numbers; damaged ones are left out, {@link #findings}. */
  public synchronized List<KeySlot> list() {
    List<KeySlot> slots = new ArrayList<>();
    load()
        .forEach(
            (number, content) ->
                slots.add(new KeySlot(number, content.label(), content.created())));
    return slots;
  }

  /**
   * Adds a passphrase; takes a good fraction of a second, as each unlocking does.
   *
   * @param label whose it is, at most 100 characters
   * @throws StillpointException BAD_REQUEST for a longer label, OUT_OF_SPACE, STORAGE_UNAVAILABLE
   */
  public synchronized KeySlot add(String label, Passphrase passphrase) {
    requireNonNull(passphrase, "passphrase");
    if (label.length() > MAX_LABEL_LENGTH) {
      throw new StillpointException(
          ErrorKind.BAD_REQUEST,
          "A label has at most " + MAX_LABEL_LENGTH + " characters, not " + label.length(),
          "Give a shorter one.");
    }
    int highest = store.numbers().stream().mapToInt(Integer::intValue).max().orElse(0);
    KeySlot slot = new KeySlot(highest + 1, label, clock.instant());
    store.save(slot, master, passphrase, cost);
    LOG.info("Added key slot={} repository={}", slot.number(), store.location());
    return slot;
  }

  /**
   * Replaces a slot by one of the same label and another passphrase. The new one is durable before
   * the old one goes; after a crash in between both open the repository.
   *
   * @return the new slot
   * @throws StillpointException NOT_FOUND, OUT_OF_SPACE, STORAGE_UNAVAILABLE
   */
  public synchronized KeySlot change(int number, Passphrase passphrase) {
    SortedMap<Integer, SlotContent> slots = load();
    if (!slots.containsKey(number)) {
      throw noSuchSlot(number);
    }
    KeySlot slot = add(slots.get(number).label(), passphrase);
    delete(number);
    return slot;
  }

  /**
   * Removes a slot, a damaged one too.
   *
   * @throws StillpointException NOT_FOUND, CONFLICT for the last one that can be read,
   *     STORAGE_UNAVAILABLE
   */
  public synchronized void remove(int number) {
    if (!store.numbers().contains(number)) {
      throw noSuchSlot(number);
    }
    if (load().keySet().stream().allMatch(other -> other == number)) {
      throw new StillpointException(
          ErrorKind.CONFLICT,
          "Key slot " + number + " is the last of the repository " + store.location(),
          "Add another key first, or change this one.");
    }
    delete(number);
  }

  /**
   * The key sheet, to be printed: ASCII, lines of at most 72 characters. Whoever has it can open
   * the repository for ever; the caller wipes the array.
   */
  public synchronized byte[] sheet() {
    return KeySheet.print(master, store.repository().id(), store.location(), clock.instant());
  }

  /** A sentence for each slot that cannot be read. */
  synchronized List<String> findings() {
    List<String> findings = new ArrayList<>();
    store.load(e -> findings.add(e.getMessage()));
    return findings;
  }

  /** The end: nothing can be added any more. */
  void wipe() {
    master.close();
  }

  private SortedMap<Integer, SlotContent> load() {
    return store.load(e -> LOG.error("A key slot is left out: {}", e.getMessage()));
  }

  private void delete(int number) {
    store.delete(number);
    LOG.info("Removed key slot={} repository={}", number, store.location());
  }

  private StillpointException noSuchSlot(int number) {
    return new StillpointException(
        ErrorKind.NOT_FOUND,
        "There is no key slot " + number + " in " + store.location(),
        "List the slots.");
  }
}
