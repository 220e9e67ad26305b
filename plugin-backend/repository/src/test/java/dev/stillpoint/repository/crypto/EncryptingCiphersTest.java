package dev.stillpoint.repository.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillpoint.repository.format.ChunkId;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EncryptingCiphersTest {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final byte[] HEADER = "the header of a record".getBytes(UTF_8);
  private static final byte[] DATA = "what nobody else may read".getBytes(UTF_8);

  private final MasterKey master = MasterKey.generate(RANDOM);
  private final Keyring keys = Keyring.of(master, RANDOM);
  private final ContentCipher cipher = keys.content().newCipher();
  private final ChunkId salt = cipher.id(DATA, 0, DATA.length);

  @AfterEach
  void wipe() {
    keys.close();
    master.close();
  }

  private byte[] seal(byte[] data) {
    byte[] sealed = new byte[data.length + cipher.overheadBytes()];
    int length = cipher.seal(salt, ByteBuffer.wrap(HEADER), ByteBuffer.wrap(data), sealed, 0);
    assertThat(length).isEqualTo(sealed.length);
    return sealed;
  }

  private static int open(ContentCipher with, ChunkId salt, byte[] header, byte[] sealed) {
    byte[] out = new byte[sealed.length];
    return with.open(salt, ByteBuffer.wrap(header), ByteBuffer.wrap(sealed), out, 0);
  }

  @Test
  void opensWhatItSealedWhateverTheLength() {
    Random random = new Random(1);
    for (int length : new int[] {0, 1, 15, 16, 17, 4095, 90 * 1024, 256 * 1024 + 3}) {
      byte[] data = new byte[length];
      random.nextBytes(data);
      byte[] sealed = seal(data);
      byte[] opened = new byte[length + 5];
      ByteBuffer header = ByteBuffer.wrap(HEADER).asReadOnlyBuffer();
      assertThat(cipher.open(salt, header, ByteBuffer.wrap(sealed), opened, 5)).isEqualTo(length);
      assertThat(header.position()).isZero();
      assertThat(Arrays.copyOfRange(opened, 5, opened.length)).isEqualTo(data);
    }
  }

  @Test
  void takesItsDataFromTheMiddleOfAnyBufferAndKeepsTheRest() {
    byte[] sealed = new byte[200];
    Arrays.fill(sealed, (byte) 9);
    ByteBuffer data = ByteBuffer.allocateDirect(100).put(7, DATA).position(7);
    data.limit(7 + DATA.length);
    int length = cipher.seal(salt, ByteBuffer.wrap(HEADER), data, sealed, 50);
    assertThat(length).isEqualTo(DATA.length + 28);
    assertThat(data.hasRemaining()).isFalse();
    assertThat(sealed[49]).isEqualTo((byte) 9);
    assertThat(sealed[50 + length]).isEqualTo((byte) 9);
    byte[] opened = new byte[DATA.length];
    ByteBuffer from = ByteBuffer.wrap(sealed, 50, length);
    assertThat(cipher.open(salt, ByteBuffer.wrap(HEADER), from, opened, 0)).isEqualTo(DATA.length);
    assertThat(opened).isEqualTo(DATA);
  }

  @Test
  void neverSealsTheSameTwiceAlike() {
    byte[] first = seal(DATA);
    byte[] second = seal(DATA);
    assertThat(Arrays.copyOf(first, 12)).isNotEqualTo(Arrays.copyOf(second, 12));
    assertThat(Arrays.copyOfRange(first, 12, first.length))
        .isNotEqualTo(Arrays.copyOfRange(second, 12, second.length));
  }

  @Test
  void findsEveryFlippedBitOfNonceCiphertextAndTag() {
    byte[] sealed = seal(DATA);
    for (int bit = 0; bit < 8 * sealed.length; bit++) {
      byte[] changed = sealed.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(open(cipher, salt, HEADER, changed)).as("bit %s", bit).isEqualTo(-1);
    }
    assertThat(open(cipher, salt, HEADER, sealed)).isEqualTo(DATA.length);
  }

  @Test
  void findsEveryFlippedBitOfTheHeader() {
    byte[] sealed = seal(DATA);
    for (int bit = 0; bit < 8 * HEADER.length; bit++) {
      byte[] changed = HEADER.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(open(cipher, salt, changed, sealed)).as("bit %s", bit).isEqualTo(-1);
    }
    assertThat(open(cipher, salt, new byte[0], sealed)).isEqualTo(-1);
  }

  @Test
  void findsEveryTruncation() {
    byte[] sealed = seal(DATA);
    for (int length = 0; length < sealed.length; length++) {
      assertThat(open(cipher, salt, HEADER, Arrays.copyOf(sealed, length))).isEqualTo(-1);
    }
    assertThat(open(cipher, salt, HEADER, Arrays.copyOf(sealed, sealed.length + 1))).isEqualTo(-1);
  }

  @Test
  void refusesARecordInAnothersPlace() {
    byte[] sealed = seal(DATA);
    ChunkId other = new ChunkId(salt.word(0) ^ 1L << 60, 0, 0, 0);
    assertThat(open(cipher, other, HEADER, sealed)).isEqualTo(-1);
  }

  @Test
  void refusesWhatAnotherRepositorySealedAndNamesItOtherwise() {
    byte[] sealed = seal(DATA);
    try (MasterKey otherMaster = MasterKey.generate(RANDOM);
        Keyring otherKeys = Keyring.of(otherMaster, RANDOM)) {
      ContentCipher other = otherKeys.content().newCipher();
      assertThat(open(other, salt, HEADER, sealed)).isEqualTo(-1);
      assertThat(other.id(DATA, 0, DATA.length)).isNotEqualTo(salt);
      byte[] document = keys.documents().seal(DATA, HEADER);
      assertThat(otherKeys.documents().open(document, HEADER)).isEmpty();
      assertThat(otherKeys.documents().fileName(DATA))
          .isNotEqualTo(keys.documents().fileName(DATA));
    }
  }

  @Test
  void namesContentAlikeInAllThreads() {
    ContentCipher second = Keyring.of(master, RANDOM).content().newCipher();
    assertThat(second.id(DATA, 0, DATA.length)).isEqualTo(salt);
    assertThat(salt).isNotEqualTo(ChunkId.of(DATA, 0, DATA.length));
    byte[] longer = Arrays.copyOf(DATA, 100);
    assertThat(cipher.id(longer, 0, DATA.length)).isEqualTo(salt);
  }

  @Test
  void spreadsRecordsOverTwoHundredAndFiftySixKeys() {
    byte[][] sealed = new byte[256][];
    for (int key = 0; key < 256; key++) {
      sealed[key] = new byte[DATA.length + cipher.overheadBytes()];
      ChunkId id = new ChunkId((long) key << 56, 1, 2, 3);
      cipher.seal(id, ByteBuffer.wrap(HEADER), ByteBuffer.wrap(DATA), sealed[key], 0);
    }
    for (int key = 0; key < 256; key++) {
      ChunkId sameByte = new ChunkId((long) key << 56 | 77, 0, 0, 0);
      ChunkId nextByte = new ChunkId((long) (key + 1) << 56, 1, 2, 3);
      assertThat(open(cipher, sameByte, HEADER, sealed[key])).isEqualTo(DATA.length);
      assertThat(open(cipher, nextByte, HEADER, sealed[key])).isEqualTo(-1);
    }
  }

  @Test
  void bindsADocumentToItsPlace() {
    DocumentCipher documents = keys.documents();
    byte[] here = "here".getBytes(UTF_8);
    byte[] sealed = documents.seal(DATA, here);
    assertThat(documents.open(sealed, here)).hasValue(DATA);
    assertThat(documents.open(sealed, "there".getBytes(UTF_8))).isEmpty();
    for (int bit = 0; bit < 8 * sealed.length; bit++) {
      byte[] changed = sealed.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(documents.open(changed, here)).as("bit %s", bit).isEmpty();
    }
    assertThat(documents.open(new byte[27], here)).isEmpty();
  }

  @Test
  void wipedKeysSealAndDeriveNothing() {
    keys.close();
    assertThatThrownBy(() -> seal(DATA)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> keys.content().newCipher()).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> keys.documents().seal(DATA, HEADER))
        .isInstanceOf(IllegalStateException.class);
    master.close();
    assertThatThrownBy(master::copyBytes).isInstanceOf(IllegalStateException.class);
    assertThat(master).hasToString("MasterKey[secret]");
  }
}
