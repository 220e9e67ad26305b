package dev.stillpoint.repository.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.repository.format.ChunkId;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** The published vectors of what we build on, and the values of format v1 for ever. */
class KnownAnswerTest {

  private static final HexFormat HEX = HexFormat.of();
  private static final SecureRandom RANDOM = new SecureRandom();

  private static byte[] hex(String digits) {
    return HEX.parseHex(digits);
  }

  private static byte[] range(int from, int to) {
    byte[] bytes = new byte[to - from];
    for (int i = from; i < to; i++) {
      bytes[i - from] = (byte) i;
    }
    return bytes;
  }

  @Test
  void derivesAsRfc5869CaseOne() {
    byte[] derived =
        Hkdf.derive(hex("0b".repeat(22)), range(0, 0x0d), hex("f0f1f2f3f4f5f6f7f8f9"), 42);
    assertThat(HEX.formatHex(derived))
        .isEqualTo(
            "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
  }

  @Test
  void derivesAsRfc5869CaseTwo() {
    byte[] derived = Hkdf.derive(range(0, 0x50), range(0x60, 0xb0), range(0xb0, 0x100), 82);
    assertThat(HEX.formatHex(derived))
        .isEqualTo(
            "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c"
                + "59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71"
                + "cc30c58179ec3e87c14c01d5c1f3434f1d87");
  }

  @Test
  void derivesAsRfc5869CaseThree() {
    byte[] derived = Hkdf.derive(hex("0b".repeat(22)), new byte[0], new byte[0], 42);
    assertThat(HEX.formatHex(derived))
        .isEqualTo(
            "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8");
  }

  /** Test case 16 of the GCM specification that NIST published. */
  @Test
  void sealsAsTheVectorOfNist() {
    SecretKeySpec key = new SecretKeySpec(hex("feffe9928665731c6d6a8f9467308308".repeat(2)), "AES");
    byte[] nonce = hex("cafebabefacedbaddecaf888");
    ByteBuffer header = ByteBuffer.wrap(hex("feedfacedeadbeeffeedfacedeadbeefabaddad2"));
    byte[] data =
        hex(
            "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
                + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39");
    String expected =
        "cafebabefacedbaddecaf888"
            + "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
            + "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
            + "76fc6ece0f4e1768cddf8853bb2d551b";
    byte[] sealed = new byte[data.length + AesGcm.OVERHEAD_BYTES];
    int length =
        new AesGcm(RANDOM).seal(key, nonce, header.duplicate(), ByteBuffer.wrap(data), sealed, 0);
    assertThat(HEX.formatHex(sealed)).isEqualTo(expected);
    assertThat(length).isEqualTo(sealed.length);
    byte[] opened = new byte[data.length];
    assertThat(new AesGcm(RANDOM).open(key, header, ByteBuffer.wrap(sealed), opened, 0))
        .isEqualTo(data.length);
    assertThat(opened).isEqualTo(data);
  }

  /** From the test program of the reference implementation of Argon2. */
  @Test
  void stretchesAsTheReferenceOfArgon2() {
    byte[] password = "password".getBytes(US_ASCII);
    byte[] salt = "somesalt".getBytes(US_ASCII);
    try (DerivedKey key = KeyWrap.stretch(password, salt, new PassphraseCost(256, 2, 1))) {
      assertThat(HEX.formatHex(key.getEncoded()))
          .isEqualTo("9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe");
    }
    try (DerivedKey key = KeyWrap.stretch(password, salt, new PassphraseCost(65536, 2, 1))) {
      assertThat(HEX.formatHex(key.getEncoded()))
          .isEqualTo("09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7");
    }
  }

  /** Computed apart from this code; if one of them changes, no repository can be read any more. */
  @Test
  void keepsTheKeysOfVersionOne() {
    try (MasterKey master = MasterKey.of(range(0, 32));
        Keyring keys = Keyring.of(master, RANDOM)) {
      ContentCipher cipher = keys.content().newCipher();
      assertThat(cipher.id("content".getBytes(US_ASCII), 0, 7))
          .hasToString("4bba34e46948ab717dc4d74cabb690b6b0265665f25122ad9bb153f180575451");
      assertThat(Keyring.check(master))
          .isEqualTo("e52045e8bd6c78aa372c522508683dc0eb5b40fee0f04fe9df4911c5ddc343a3");
      assertThat(keys.documents().fileName("name".getBytes(US_ASCII)))
          .isEqualTo("7952ca0a5671d2bed6d2082aeef9c555264693fc1167cbb8f9333c0c3aa7c0af");
      byte[] record = hex("000102030405060708090a0b2117a41974479ccbcf289c2b83c73ba5989aaf1f");
      byte[] opened = new byte[4];
      ChunkId salt = ChunkId.parse("ff" + "00".repeat(31));
      ByteBuffer header = ByteBuffer.wrap("header".getBytes(US_ASCII));
      assertThat(cipher.open(salt, header, ByteBuffer.wrap(record), opened, 0)).isEqualTo(4);
      assertThat(opened).asString(US_ASCII).isEqualTo("data");
      byte[] document = hex("000102030405060708090a0b4f1caa04ba42c2bd273ead3b1dd3ac56652d2139");
      assertThat(keys.documents().open(document, "context".getBytes(US_ASCII)))
          .hasValue("data".getBytes(US_ASCII));
    }
  }
}
