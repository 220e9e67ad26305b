package dev.stillpoint.repository;

import static dev.stillpoint.repository.Refusals.refused;
import static dev.stillpoint.repository.Samples.GRID;
import static dev.stillpoint.repository.Samples.backUp;
import static dev.stillpoint.repository.Samples.point;
import static dev.stillpoint.repository.Samples.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.model.Cancellation;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.repository.blob.BlobEntry;
import dev.stillpoint.repository.blob.BlobName;
import dev.stillpoint.repository.blob.FaultyBlobStore;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** Changes to packs by somebody who knows the format, whose checksums fit, and not the key. */
class ForgedPackTest {

  private static final byte[] DISK = noise(1, 4 * GRID);
  private static final byte[] OTHER = noise(2, 4 * GRID);

  private final Passphrase passphrase = Passphrase.of("correct horse".toCharArray());
  private final FaultyBlobStore blobs = MemoryRepository.create(1, passphrase);

  private static byte[] noise(long seed, int bytes) {
    byte[] noise = new byte[bytes];
    new Random(seed).nextBytes(noise);
    return noise;
  }

  private Repository open() {
    return MemoryRepository.open(blobs, passphrase);
  }

  private List<BlobName> packs() {
    return blobs.list("packs").stream().map(BlobEntry::name).toList();
  }

  /** Where the records of a pack begin. */
  private static List<Integer> records(byte[] pack) {
    List<Integer> starts = new ArrayList<>();
    int start = 0;
    while (start < pack.length) {
      starts.add(start);
      start += headerBytes(pack, start) + ByteBuffer.wrap(pack).getInt(start + 8);
    }
    return starts;
  }

  private static int headerBytes(byte[] pack, int start) {
    return 24 + 36 * pack[start + 7];
  }

  private static int crc(byte[] bytes, int offset, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, offset, length);
    return (int) crc.getValue();
  }

  private static void repairChecksums(byte[] pack, int start) {
    int header = headerBytes(pack, start);
    ByteBuffer bytes = ByteBuffer.wrap(pack);
    int payloadCrc = crc(pack, start + header, bytes.getInt(start + 8));
    bytes.putInt(start + header - 8, payloadCrc);
    bytes.putInt(start + header - 4, crc(pack, start, header - 4));
  }

  @Test
  void aChangedPayloadIsFoundInEveryRecordAndHealedByLaterBackups() {
    try (Repository repository = open()) {
      backUp(repository, "p1", DISK);
    }
    for (BlobName name : packs()) {
      byte[] pack = blobs.readAll(name);
      for (int start : records(pack)) {
        pack[start + headerBytes(pack, start) + 20] ^= 1;
        repairChecksums(pack, start);
      }
      blobs.publish(name, pack);
    }
    try (Repository repository = open()) {
      refused(ErrorKind.CORRUPT_DATA, "sealed", () -> read(repository, "p1"));
      // What lies below a damaged node of the map is reached only when the node is healed.
      for (int level = 0; level <= 4; level++) {
        assertThat(repository.verify(point("p1"), new Cancellation()).ok()).isFalse();
        backUp(repository, "healing" + level, DISK);
      }
      assertThat(repository.verify(point("p1"), new Cancellation()).problems()).isEmpty();
      assertThat(read(repository, "p1")).isEqualTo(DISK);
    }
  }

  /** The same key sealed it, so only the header can tell: it is authenticated with the payload. */
  @Test
  void thePayloadOfAnotherRecordIsFound() {
    try (Repository repository = open()) {
      backUp(repository, "p1", DISK);
      backUp(repository, "p2", OTHER);
    }
    BlobName first = packs().get(0);
    byte[] pack = blobs.readAll(first);
    byte[] original = pack.clone();
    BlobName second =
        packs().stream().filter(name -> sameShape(original, name)).findFirst().orElseThrow();
    byte[] other = blobs.readAll(second);
    int header = headerBytes(pack, 0);
    System.arraycopy(other, header, pack, header, ByteBuffer.wrap(pack).getInt(8));
    repairChecksums(pack, 0);
    blobs.publish(first, pack);
    try (Repository repository = open()) {
      refused(ErrorKind.CORRUPT_DATA, "sealed", () -> read(repository, "p1"));
      assertThat(read(repository, "p2")).isEqualTo(OTHER);
    }
  }

  private boolean sameShape(byte[] pack, BlobName other) {
    byte[] candidate = blobs.readAll(other);
    return candidate.length >= pack.length
        && candidate[7] == pack[7]
        && ByteBuffer.wrap(candidate).getInt(8) == ByteBuffer.wrap(pack).getInt(8)
        && !ByteBuffer.wrap(candidate, 16, 32).equals(ByteBuffer.wrap(pack, 16, 32));
  }

  @Test
  void theRecordOfAnotherPlaceIsFound() {
    try (Repository repository = open()) {
      backUp(repository, "p1", DISK);
      backUp(repository, "p2", OTHER);
    }
    BlobName first = packs().get(0);
    byte[] pack = blobs.readAll(first);
    BlobName second =
        packs().stream().filter(name -> sameShape(pack, name)).findFirst().orElseThrow();
    blobs.publish(first, blobs.readAll(second));
    try (Repository repository = open()) {
      refused(ErrorKind.CORRUPT_DATA, first.value(), () -> read(repository, "p1"));
      assertThat(read(repository, "p2")).isEqualTo(OTHER);
    }
  }
}
