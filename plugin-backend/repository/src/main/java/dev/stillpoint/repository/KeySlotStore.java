package dev.stillpoint.repository;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.blob.BlobEntry;
import dev.stillpoint.repository.blob.BlobName;
import dev.stillpoint.repository.blob.BlobStore;
import dev.stillpoint.repository.crypto.KeyWrap;
import dev.stillpoint.repository.crypto.MasterKey;
import dev.stillpoint.repository.crypto.PassphraseCost;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keeps the key slots: {@code keys/<number>.slot}, read anew whenever asked. Thread-safe. */
final class KeySlotStore {

  static final String FOLDER = "keys";
  private static final String MAGIC = "stillpoint-key-slot";
  private static final Pattern FILE = Pattern.compile("([1-9][0-9]{0,8})\\.slot");

  private final BlobStore blobs;
  private final RepositoryFile repository;
  private final KeyWrap wrap;
  private final SlotCodec codec = new SlotCodec();

  KeySlotStore(BlobStore blobs, RepositoryFile repository, SecureRandom random) {
    this.blobs = blobs;
    this.repository = repository;
    this.wrap = new KeyWrap(random);
  }

  RepositoryFile repository() {
    return repository;
  }

  String location() {
    return blobs.location();
  }

  /** Numbers of all slot files, damaged ones too, ascending. */
  List<Integer> numbers() {
    List<Integer> numbers = new ArrayList<>();
    for (BlobEntry entry : blobs.list(FOLDER)) {
      Matcher file = FILE.matcher(entry.name().file());
      if (file.matches()) {
        numbers.add(Integer.valueOf(file.group(1)));
      }
    }
    numbers.sort(null);
    return numbers;
  }

  /** The slots that can be read; the listener hears of the others. */
  SortedMap<Integer, SlotContent> load(Consumer<StillpointException> unreadable) {
    SortedMap<Integer, SlotContent> slots = new TreeMap<>();
    for (int number : numbers()) {
      try {
        slots.put(number, load(number));
      } catch (StillpointException e) {
        if (e.kind() != ErrorKind.CORRUPT_DATA && e.kind() != ErrorKind.CONFLICT) {
          throw e;
        }
        unreadable.accept(e);
      }
    }
    return slots;
  }

  /**
   * Wraps the key under a passphrase, durably. When it fails, the passphrase opens nothing.
   *
   * @throws StillpointException OUT_OF_SPACE, STORAGE_UNAVAILABLE
   */
  void save(KeySlot slot, MasterKey master, Passphrase passphrase, PassphraseCost cost) {
    byte[] salt = wrap.newSalt();
    byte[] context = SlotContent.context(repository.id(), slot.label(), slot.created(), cost);
    byte[] secret = passphrase.copyBytes();
    byte[] wrapped;
    try {
      wrapped = wrap.wrap(master, secret, salt, cost, context);
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
    SlotContent content =
        new SlotContent(
            repository.id(),
            slot.label(),
            slot.created(),
            cost,
            HexFormat.of().formatHex(salt),
            HexFormat.of().formatHex(wrapped));
    BlobName name = name(slot.number());
    try {
      blobs.publish(name, Envelope.seal(MAGIC, codec.encode(content)));
    } catch (StillpointException e) {
      try {
        // It may have appeared before the failure, and must not open anything when we report one.
        blobs.delete(name);
      } catch (StillpointException second) {
        e.addSuppressed(second);
      }
      throw e;
    }
  }

  void delete(int number) {
    blobs.delete(name(number));
  }

  /**
   * Tries all slots; the caller closes the key.
   *
   * @throws StillpointException PERMISSION when a slot was read and none opens, CORRUPT_DATA or
   *     CONFLICT when none could be read
   */
  MasterKey unlock(Passphrase passphrase) {
    List<StillpointException> unreadable = new ArrayList<>();
    SortedMap<Integer, SlotContent> slots = load(unreadable::add);
    for (SlotContent slot : slots.values()) {
      Optional<MasterKey> master = open(slot, passphrase);
      if (master.isPresent()) {
        return master.get();
      }
    }
    if (!slots.isEmpty()) {
      throw refused(unreadable);
    }
    throw unreadable.stream()
        .findFirst()
        .orElseGet(
            () ->
                new StillpointException(
                    ErrorKind.CORRUPT_DATA,
                    "The repository " + location() + " has lost its key slots",
                    "Open it with its key sheet, or restore the folder keys from a copy."));
  }

  /** A key that is not this repository's. */
  StillpointException refused(List<StillpointException> unreadable) {
    String damage =
        unreadable.isEmpty() ? "" : " Beside this: " + unreadable.get(0).getMessage() + ".";
    return new StillpointException(
        ErrorKind.PERMISSION,
        "The key does not open the repository " + location(),
        "Give the key file or the key sheet of this repository." + damage);
  }

  private Optional<MasterKey> open(SlotContent slot, Passphrase passphrase) {
    byte[] secret = passphrase.copyBytes();
    try {
      return wrap.unwrap(slot.wrappedBytes(), secret, slot.saltBytes(), slot.cost(), slot.context())
          .filter(this::isOurs);
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  private boolean isOurs(MasterKey master) {
    if (repository.accepts(master)) {
      return true;
    }
    master.close();
    return false;
  }

  private SlotContent load(int number) {
    BlobName name = name(number);
    String document = Envelope.open(MAGIC, blobs.readAll(name), blobs, name.value());
    try {
      SlotContent content = codec.decode(document);
      if (!content.repository().equals(repository.id())) {
        throw new IllegalArgumentException("it is of repository " + content.repository());
      }
      return content;
    } catch (IllegalArgumentException e) {
      throw new StillpointException(
          ErrorKind.CORRUPT_DATA,
          "The file "
              + name
              + " in "
              + blobs.location()
              + " is no key slot of this repository: "
              + e.getMessage(),
          "Open the repository with another key, and remove the slot.",
          e);
    }
  }

  private static BlobName name(int number) {
    return BlobName.of(FOLDER, number + ".slot");
  }
}
