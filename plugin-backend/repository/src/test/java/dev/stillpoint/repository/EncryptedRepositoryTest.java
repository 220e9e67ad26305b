package dev.stillpoint.repository;

import static dev.stillpoint.repository.Refusals.refused;
import static dev.stillpoint.repository.Samples.GRID;
import static dev.stillpoint.repository.Samples.backUp;
import static dev.stillpoint.repository.Samples.disk;
import static dev.stillpoint.repository.Samples.point;
import static dev.stillpoint.repository.Samples.read;
import static dev.stillpoint.repository.Samples.writeAll;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.repository.blob.BlobEntry;
import dev.stillpoint.repository.blob.BlobName;
import dev.stillpoint.repository.blob.FaultyBlobStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncryptedRepositoryTest {

  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-21T00:00:00Z"));
  private static final byte[] DISK = disk(1, 9 * GRID + 5);

  private final Passphrase passphrase = Passphrase.of("correct horse".toCharArray());
  private final Passphrase other = Passphrase.of("wrong horse".toCharArray());

  @TempDir private Path parent;

  private FaultyBlobStore encrypted() {
    FaultyBlobStore blobs = MemoryRepository.create(1, passphrase);
    try (Repository repository = MemoryRepository.open(blobs, passphrase)) {
      backUp(repository, "p1", DISK);
      backUp(repository, "p2", disk(2, 3 * GRID));
    }
    return blobs;
  }

  @Test
  void givesBackWhatWasStoredToWhoHasTheKey() {
    Path directory = parent.resolve("repository");
    RepositoryOptions options = RepositoryOptions.standard();
    Manifest committed;
    byte[] sheet;
    try (Repository repository = Repository.create(directory, CLOCK, options, passphrase)) {
      assertThat(repository.isEncrypted()).isTrue();
      committed = backUp(repository, "p1", DISK);
      sheet = repository.keys().sheet();
      repository.keys().change(1, other);
    }
    refused(ErrorKind.PERMISSION, "no key was given", () -> Repository.open(directory, CLOCK));
    refused(
        ErrorKind.PERMISSION, "does not open", () -> Repository.open(directory, CLOCK, passphrase));
    try (Repository repository = Repository.open(directory, CLOCK, other)) {
      assertThat(read(repository, "p1")).isEqualTo(DISK);
      assertThat(repository.manifests()).containsExactly(committed);
    }
    try (KeySheet key = KeySheet.parse(sheet);
        Repository repository = Repository.open(directory, CLOCK, key)) {
      assertThat(read(repository, "p1")).isEqualTo(DISK);
      assertThat(repository.findings()).isEmpty();
    }
  }

  @Test
  void refusesAKeyForWhatIsNotEncrypted() {
    Path directory = parent.resolve("plain");
    try (Repository repository = Repository.create(directory, CLOCK)) {
      assertThat(repository.isEncrypted()).isFalse();
      refused(ErrorKind.CONFLICT, "is not encrypted", repository::keys);
    }
    refused(
        ErrorKind.CONFLICT,
        "is not encrypted",
        () -> Repository.open(directory, CLOCK, passphrase));
    Repository.open(directory, CLOCK).close();
  }

  @Test
  void keepsItsIdWhereverItIs() throws IOException {
    Path directory = parent.resolve("repository");
    Repository created = Repository.create(directory, CLOCK);
    created.close();
    Path moved = Files.move(directory, parent.resolve("moved"));
    try (Repository repository = Repository.open(moved, CLOCK);
        Repository second = Repository.create(parent.resolve("second"), CLOCK)) {
      assertThat(repository.id()).isEqualTo(created.id()).isNotEqualTo(second.id());
    }
  }

  @Test
  void createsAgainWhereACreationWasCutOff() throws IOException {
    Path directory = parent.resolve("repository");
    RepositoryOptions options = RepositoryOptions.standard();
    Repository.create(directory, CLOCK, options, other).close();
    Files.delete(directory.resolve(RepositoryFile.NAME));
    Repository.create(directory, CLOCK, options, passphrase).close();
    Repository.open(directory, CLOCK, passphrase).close();
  }

  @Test
  void wipesItsKeysWhenItIsClosed() {
    FaultyBlobStore blobs = encrypted();
    Repository repository = MemoryRepository.open(blobs, passphrase);
    KeySlots keys = repository.keys();
    repository.close();
    assertThat(catchFailure(keys::sheet)).isInstanceOf(IllegalStateException.class);
    refused(ErrorKind.CONFLICT, "closed", repository::keys);
  }

  private static Throwable catchFailure(Runnable call) {
    try {
      call.run();
      return new AssertionError("did not fail");
    } catch (RuntimeException e) {
      return e;
    }
  }

  @Test
  void aManifestInAnothersPlaceIsRefused() {
    FaultyBlobStore blobs = encrypted();
    List<BlobEntry> manifests = blobs.list("points");
    BlobName one = manifests.get(0).name();
    BlobName two = manifests.get(1).name();
    blobs.publish(one, blobs.readAll(two));
    try (Repository repository = MemoryRepository.open(blobs, passphrase)) {
      assertThat(repository.manifests()).hasSize(1);
      assertThat(repository.findings())
          .singleElement()
          .asString()
          .contains(one.value())
          .contains("not sealed by this repository");
    }
  }

  /** As an attacker writes it, who knows the format and not the key. */
  @Test
  void aManifestThatIsNotSealedIsRefused() {
    FaultyBlobStore blobs = encrypted();
    BlobName name = blobs.list("points").get(0).name();
    for (String body : new String[] {"{}", "", "AAAA", "!", "=".repeat(100), "A".repeat(400)}) {
      blobs.publish(name, Envelope.seal("stillpoint-manifest", body));
      try (Repository repository = MemoryRepository.open(blobs, passphrase)) {
        assertThat(repository.findings()).singleElement().asString().contains(name.value());
      }
    }
  }

  @Test
  void namesTheSamePointDifferentlyInEachRepository() {
    FaultyBlobStore blobs = encrypted();
    FaultyBlobStore another = encrypted();
    FaultyBlobStore plain = MemoryRepository.create(1);
    try (Repository repository = MemoryRepository.open(plain)) {
      backUp(repository, "p1", DISK);
    }
    assertThat(blobs.list("points"))
        .extracting(BlobEntry::name)
        .doesNotContainAnyElementsOf(another.list("points").stream().map(BlobEntry::name).toList())
        .doesNotContainAnyElementsOf(plain.list("points").stream().map(BlobEntry::name).toList());
  }

  @Test
  void everyFlippedBitOfTheRepositoryFileIsFound() {
    FaultyBlobStore blobs = MemoryRepository.create(1, passphrase);
    BlobName name = new BlobName(RepositoryFile.NAME);
    for (int bit = 0; bit < 8 * blobs.size(name); bit++) {
      FaultyBlobStore store = blobs.afterKill(bit);
      store.flipBit(name, bit / 8, bit % 8);
      refused(
          ErrorKind.CORRUPT_DATA,
          RepositoryFile.NAME,
          () -> MemoryRepository.open(store, passphrase));
    }
  }

  @Test
  void refusesAGridOrAnEncryptionItDoesNotKnow() {
    FaultyBlobStore blobs = MemoryRepository.create(1, passphrase);
    BlobName name = new BlobName(RepositoryFile.NAME);
    String sound = Envelope.open(name.value(), blobs.readAll(name), blobs, name.value());
    String[][] changes = {
      {"65536", "131072", "chunkBytes 131072"}, {"aes-256-gcm", "rot13", "encryption rot13"}
    };
    for (String[] change : changes) {
      String forged = sound.replace(change[0], change[1]);
      blobs.publish(name, Envelope.seal(name.value(), forged));
      refused(ErrorKind.CONFLICT, change[2], () -> MemoryRepository.open(blobs, passphrase));
    }
    String plain = sound.replace("aes-256-gcm", "none");
    blobs.publish(name, Envelope.seal(name.value(), plain));
    refused(ErrorKind.CONFLICT, "is not encrypted", () -> MemoryRepository.open(blobs, passphrase));
  }

  @Test
  void leavesNothingReadableInAnyFile() throws IOException {
    byte[] secret = new byte[24];
    new Random(7).nextBytes(secret);
    byte[] disk = new byte[40 * GRID];
    for (int chunk = 0; chunk < 40; chunk += 2) {
      System.arraycopy(secret, 0, disk, chunk * GRID + 100 + chunk, secret.length);
    }
    Path plain = parent.resolve("plain");
    Path sealed = parent.resolve("sealed");
    try (Repository repository = Repository.create(plain, CLOCK)) {
      writeSecrets(repository, disk);
    }
    RepositoryOptions options = RepositoryOptions.standard();
    try (Repository repository = Repository.create(sealed, CLOCK, options, passphrase)) {
      writeSecrets(repository, disk);
    }
    for (String text :
        List.of(
            "secret-point", "secret-image", "secret-label", "secret-value", "secret-document")) {
      assertThat(filesWith(plain, text)).as("the test itself").isNotEmpty();
      assertThat(filesWith(sealed, text)).as(text).isEmpty();
    }
    assertThat(filesWith(sealed, "correct horse")).isEmpty();
  }

  private static void writeSecrets(Repository repository, byte[] disk) {
    try (PointWriter writer = repository.startPoint(point("secret-point"))) {
      try (ImageWriter image = writer.startImage("secret-image", ByteCount.ofBytes(disk.length))) {
        writeAll(image, disk);
      }
      writer.commit(Map.of("secret-label", "secret-value"), "secret-document");
    }
  }

  private static List<Path> filesWith(Path directory, String text) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).filter(file -> holds(file, text)).toList();
    }
  }

  private static boolean holds(Path file, String text) {
    try {
      return Files.readString(file, ISO_8859_1).contains(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
