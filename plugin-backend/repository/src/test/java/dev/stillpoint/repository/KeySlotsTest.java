package dev.stillpoint.repository;

import static dev.stillpoint.repository.MemoryRepository.CHEAP;
import static dev.stillpoint.repository.MemoryRepository.CLOCK;
import static dev.stillpoint.repository.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.blob.BlobName;
import dev.stillpoint.repository.blob.FaultyBlobStore;
import dev.stillpoint.repository.crypto.Keyring;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class KeySlotsTest {

  private static final byte[] CONTENT = {1, 2, 3};

  private final Passphrase first = passphrase("first");
  private final Passphrase second = passphrase("second");
  private final FaultyBlobStore blobs = MemoryRepository.create(1, first);
  private final String contentId = contentId(blobs, first);

  private static Passphrase passphrase(String text) {
    return Passphrase.of(text.toCharArray());
  }

  private static RepositoryKeys unlock(FaultyBlobStore blobs, RepositoryKey key) {
    return RepositoryKeys.unlock(blobs, CLOCK, key, CHEAP);
  }

  /** Equal if and only if the master keys are. */
  private static String contentId(FaultyBlobStore blobs, RepositoryKey key) {
    try (RepositoryKeys keys = unlock(blobs, key)) {
      return keys.keyring().content().newCipher().id(CONTENT, 0, CONTENT.length).toString();
    }
  }

  private static void change(FaultyBlobStore blobs, RepositoryKey key, Consumer<KeySlots> work) {
    try (RepositoryKeys keys = unlock(blobs, key)) {
      work.accept(keys.slots().orElseThrow());
    }
  }

  private void opens(FaultyBlobStore store, RepositoryKey key) {
    assertThat(contentId(store, key)).isEqualTo(contentId);
  }

  private static void isRefused(FaultyBlobStore store, RepositoryKey key) {
    refused(ErrorKind.PERMISSION, "does not open the repository", () -> unlock(store, key));
  }

  @Test
  void opensWithTheFirstPassphraseAndNoOther() {
    opens(blobs, first);
    isRefused(blobs, second);
    refused(ErrorKind.PERMISSION, "no key was given", () -> unlock(blobs, RepositoryKey.none()));
  }

  @Test
  void opensWithEachPassphraseThatWasAdded() {
    change(
        blobs,
        first,
        slots -> {
          assertThat(slots.list()).containsExactly(new KeySlot(1, "first", CLOCK.instant()));
          KeySlot added = slots.add("Bärbel's", second);
          assertThat(added).isEqualTo(new KeySlot(2, "Bärbel's", CLOCK.instant()));
          assertThat(slots.list()).hasSize(2).contains(added);
        });
    opens(blobs, first);
    opens(blobs, second);
  }

  @Test
  void aRemovedPassphraseOpensNothing() {
    change(blobs, first, slots -> slots.add("second", second));
    change(
        blobs,
        first,
        slots -> {
          slots.remove(1);
          assertThat(slots.list()).extracting(KeySlot::number).containsExactly(2);
        });
    isRefused(blobs, first);
    opens(blobs, second);
  }

  @Test
  void neverRemovesTheLastSlotThatCanBeRead() {
    change(
        blobs,
        first,
        slots -> {
          refused(ErrorKind.CONFLICT, "last", () -> slots.remove(1));
          refused(ErrorKind.NOT_FOUND, "no key slot 7", () -> slots.remove(7));
          refused(ErrorKind.NOT_FOUND, "no key slot 7", () -> slots.change(7, second));
          slots.add("second", second);
          blobs.flipBit(new BlobName("keys/2.slot"), 200, 0);
          refused(ErrorKind.CONFLICT, "last", () -> slots.remove(1));
          slots.remove(2);
        });
    opens(blobs, first);
  }

  @Test
  void refusesALabelThatIsTooLong() {
    change(
        blobs,
        first,
        slots -> {
          slots.add("x".repeat(100), second);
          refused(ErrorKind.BAD_REQUEST, "101", () -> slots.add("x".repeat(101), second));
        });
  }

  @Test
  void changesAPassphraseAndKeepsTheLabel() {
    change(
        blobs,
        first,
        slots -> {
          KeySlot changed = slots.change(1, second);
          assertThat(changed.label()).isEqualTo("first");
          assertThat(slots.list()).containsExactly(changed);
        });
    isRefused(blobs, first);
    opens(blobs, second);
  }

  @Test
  void slotsAreLookedThroughWhileOneIsChanged() throws Exception {
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try (RepositoryKeys keys = unlock(blobs, first)) {
      KeySlots slots = keys.slots().orElseThrow();
      AtomicBoolean ended = new AtomicBoolean();
      Future<Boolean> looker =
          executor.submit(
              () -> {
                while (!ended.get()) {
                  assertThat(slots.findings()).isEmpty();
                }
                return true;
              });
      for (int slot = 1; slot <= 300; slot++) {
        slots.change(slot, first);
      }
      ended.set(true);
      assertThat(looker.get()).isTrue();
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  void aChangeOfPassphraseThatDiesInAnyCallLeavesOneThatOpens() {
    int bothOpen = 0;
    for (int seed = 0; seed < 60; seed++) {
      int call = 1 + seed % 3;
      FaultyBlobStore store = blobs.afterKill(seed);
      try (RepositoryKeys keys = unlock(store, first)) {
        store.dieAtChange(call);
        KeySlots slots = keys.slots().orElseThrow();
        if (call == 3) {
          slots.change(1, second);
        } else {
          assertThatThrownBy(() -> slots.change(1, second)).hasMessage("The store has died");
        }
      }
      for (FaultyBlobStore left :
          List.of(store.afterPowerLoss(seed), store.afterKill(seed), store.afterPowerLoss(-seed))) {
        bothOpen += assertOneOpens(left, call);
      }
    }
    assertThat(bothOpen).as("deaths between the two calls").isGreaterThan(3);
  }

  private int assertOneOpens(FaultyBlobStore left, int call) {
    boolean oldOpens = tryToOpen(left, first);
    boolean newOpens = tryToOpen(left, second);
    assertThat(oldOpens || newOpens).isTrue();
    switch (call) {
      case 1 -> assertThat(oldOpens).isTrue();
      case 2 -> assertThat(newOpens).isTrue();
      default -> assertThat(oldOpens).isFalse();
    }
    return oldOpens && newOpens ? 1 : 0;
  }

  private boolean tryToOpen(FaultyBlobStore store, Passphrase passphrase) {
    try {
      opens(store, passphrase);
      return true;
    } catch (StillpointException e) {
      assertThat(e.kind()).isEqualTo(ErrorKind.PERMISSION);
      return false;
    }
  }

  @Test
  void aCreationThatDiesInAnyCallCanBeRepeated() {
    for (int seed = 0; seed < 30; seed++) {
      FaultyBlobStore store = new FaultyBlobStore(seed);
      int call = 1 + seed % 2;
      store.dieAtChange(call);
      assertThatThrownBy(() -> RepositoryKeys.create(store, CLOCK, first, CHEAP))
          .hasMessage("The store has died");
      FaultyBlobStore left = store.afterPowerLoss(seed);
      if (left.exists(new BlobName(RepositoryFile.NAME))) {
        assertThat(call).isEqualTo(2);
        unlock(left, first).close();
      } else {
        RepositoryKeys.create(left, CLOCK, second, CHEAP).close();
        unlock(left, second).close();
        isRefused(left, first);
      }
    }
  }

  @Test
  void aPassphraseWhoseAddingWasReportedAsFailedOpensNothing() {
    change(
        blobs,
        first,
        slots -> {
          blobs.failAfterPublishingIn("keys");
          assertThatThrownBy(() -> slots.add("second", second)).hasMessage("The flush failed");
          blobs.failAfterPublishingIn("keys");
          assertThatThrownBy(() -> slots.change(1, second)).hasMessage("The flush failed");
          assertThat(slots.list()).hasSize(1);
        });
    opens(blobs, first);
    isRefused(blobs, second);
  }

  @Test
  void aFullDiskChangesNothing() {
    change(
        blobs,
        first,
        slots -> {
          blobs.limitSpace(10);
          refused(ErrorKind.OUT_OF_SPACE, "full", () -> slots.change(1, second));
          refused(ErrorKind.OUT_OF_SPACE, "full", () -> slots.add("second", second));
        });
    opens(blobs, first);
    isRefused(blobs, second);
  }

  @Test
  void everyFlippedBitOfASlotIsFoundAndTheOtherSlotStillOpens() {
    change(blobs, first, slots -> slots.add("second", second));
    BlobName name = new BlobName("keys/1.slot");
    int bits = 8 * (int) blobs.size(name);
    for (int bit = 0; bit < bits; bit++) {
      FaultyBlobStore store = blobs.afterKill(bit);
      store.flipBit(name, bit / 8, bit % 8);
      isRefused(store, first);
      if (bit % 41 == 0) {
        try (RepositoryKeys keys = unlock(store, second)) {
          assertThat(keys.slots().orElseThrow().findings())
              .singleElement()
              .asString()
              .contains("keys/1.slot");
        }
      }
    }
  }

  @Test
  void aDamagedSlotIsNamedWhenNoOtherOpens() {
    BlobName name = new BlobName("keys/1.slot");
    change(blobs, first, slots -> slots.add("second", second));
    blobs.flipBit(name, 300, 0);
    assertThatThrownBy(() -> unlock(blobs, first))
        .isInstanceOfSatisfying(
            StillpointException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(ErrorKind.PERMISSION);
              assertThat(e.remedy()).contains("keys/1.slot").contains("damaged");
            });
    blobs.delete(new BlobName("keys/2.slot"));
    refused(ErrorKind.CORRUPT_DATA, "keys/1.slot", () -> unlock(blobs, first));
    blobs.delete(name);
    refused(ErrorKind.CORRUPT_DATA, "lost its key slots", () -> unlock(blobs, first));
  }

  @Test
  void aDiskThatDoesNotAnswerIsNoWrongKey() {
    blobs.dieAtChange(1);
    assertThatThrownBy(() -> blobs.delete(new BlobName("x"))).hasMessage("The store has died");
    refused(ErrorKind.STORAGE_UNAVAILABLE, "died", () -> unlock(blobs, first));
  }

  /** As an attacker writes them: with a checksum that fits. */
  @Test
  void survivesForgedSlots() {
    BlobName name = new BlobName("keys/1.slot");
    String sound = Envelope.open("stillpoint-key-slot", blobs.readAll(name), blobs, name.value());
    Random random = new Random(5);
    for (int i = 0; i < 1000; i++) {
      StringBuilder forged = new StringBuilder(sound);
      for (int change = 0; change <= i % 3; change++) {
        int at = random.nextInt(forged.length());
        switch (random.nextInt(3)) {
          case 0 -> forged.setCharAt(at, (char) (' ' + random.nextInt(95)));
          case 1 -> forged.deleteCharAt(at);
          default -> forged.insert(at, random.nextInt(10));
        }
      }
      FaultyBlobStore store = blobs.afterKill(i);
      store.publish(name, Envelope.seal("stillpoint-key-slot", forged.toString()));
      try {
        // What is no part of the content, such as a blank, may change.
        opens(store, first);
      } catch (StillpointException e) {
        assertThat(e.kind()).isIn(ErrorKind.PERMISSION, ErrorKind.CORRUPT_DATA);
      }
    }
  }

  @Test
  void refusesACostThatWouldExhaustTheMemory() {
    BlobName name = new BlobName("keys/1.slot");
    String sound = Envelope.open("stillpoint-key-slot", blobs.readAll(name), blobs, name.value());
    String forged = sound.replace("\"memoryKib\" : 8", "\"memoryKib\" : 2000000000");
    assertThat(forged).isNotEqualTo(sound);
    blobs.publish(name, Envelope.seal("stillpoint-key-slot", forged));
    refused(ErrorKind.CORRUPT_DATA, "keys/1.slot", () -> unlock(blobs, first));
  }

  @Test
  void theSlotOfAnotherRepositoryOpensNothing() {
    FaultyBlobStore other = MemoryRepository.create(2, second);
    byte[] slot = other.readAll(new BlobName("keys/1.slot"));
    blobs.publish(new BlobName("keys/2.slot"), slot);
    isRefused(blobs, second);
    opens(blobs, first);
  }

  @Test
  void theKeySheetOpensAndSetsANewPassphrase() {
    byte[][] sheet = new byte[1][];
    change(blobs, first, slots -> sheet[0] = slots.sheet());
    try (KeySheet key = KeySheet.parse(sheet[0])) {
      opens(blobs, key);
      blobs.delete(new BlobName("keys/1.slot"));
      change(blobs, key, slots -> slots.add("again", second));
    }
    opens(blobs, second);
    isRefused(blobs, first);
  }

  @Test
  void theKeySheetOfAnotherRepositoryIsRefused() {
    FaultyBlobStore other = MemoryRepository.create(2, first);
    byte[][] sheet = new byte[1][];
    change(other, first, slots -> sheet[0] = slots.sheet());
    try (KeySheet key = KeySheet.parse(sheet[0])) {
      opensAs(other, key);
      isRefused(blobs, key);
    }
  }

  private static void opensAs(FaultyBlobStore other, KeySheet key) {
    unlock(other, key).close();
  }

  @Test
  void nothingCanBeDoneWithKeysThatWereWiped() {
    RepositoryKeys keys = unlock(blobs, first);
    KeySlots slots = keys.slots().orElseThrow();
    Keyring keyring = keys.keyring();
    keys.close();
    assertThatThrownBy(() -> slots.add("second", second)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(slots::sheet).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> keyring.content().newCipher())
        .isInstanceOf(IllegalStateException.class);
    opens(blobs, first);
  }
}
