package dev.stillpoint.persistence;

import dev.stillpoint.hypervisor.Password;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.model.StillpointException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals passwords with AES-256-GCM. A sealed password is base64 of: the version 1 (one byte), the
 * nonce (12 bytes), the encrypted UTF-8 text with its tag of 16 bytes. The site's identifier is
 * bound in: a sealed password moved to another site does not open.
 */
final class SecretKey implements AutoCloseable {

  private static final byte VERSION = 1;
  private static final int NONCE_LENGTH = 12;
  private static final int TAG_BITS = 128;
  private static final int ID_LENGTH = 8;

  private final byte[] key;

  /** Takes the array itself and wipes it at the end. */
  SecretKey(byte[] key) {
    this.key = key;
  }

  /** Tells keys apart and nothing else about them. */
  String id() {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      byte[] code = mac.doFinal("stillpoint key id".getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(code, 0, ID_LENGTH);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  String seal(SiteId site, Password password, SecureRandom random) {
    byte[] plain = password.use(SecretKey::encode);
    byte[] nonce = new byte[NONCE_LENGTH];
    random.nextBytes(nonce);
    try {
      byte[] encrypted = cipher(Cipher.ENCRYPT_MODE, site, nonce).doFinal(plain);
      ByteBuffer sealed = ByteBuffer.allocate(1 + NONCE_LENGTH + encrypted.length);
      sealed.put(VERSION).put(nonce).put(encrypted);
      return Base64.getEncoder().encodeToString(sealed.array());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  /**
   * @throws StillpointException CORRUPT_DATA when it was sealed for another site, by another key,
   *     or was changed since
   */
  Password open(SiteId site, String sealed) {
    try {
      byte[] bytes = Base64.getDecoder().decode(sealed);
      if (bytes.length < 1 + NONCE_LENGTH || bytes[0] != VERSION) {
        throw damaged(site, new IllegalArgumentException("Not a sealed password"));
      }
      byte[] nonce = Arrays.copyOfRange(bytes, 1, 1 + NONCE_LENGTH);
      int from = 1 + NONCE_LENGTH;
      return decode(
          cipher(Cipher.DECRYPT_MODE, site, nonce).doFinal(bytes, from, bytes.length - from));
    } catch (IllegalArgumentException | AEADBadTagException | CharacterCodingException e) {
      throw damaged(site, e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private Cipher cipher(int mode, SiteId site, byte[] nonce) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(("stillpoint site " + site).getBytes(StandardCharsets.UTF_8));
    return cipher;
  }

  private static byte[] encode(char[] characters) {
    CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder();
    byte[] room = new byte[(int) (characters.length * encoder.maxBytesPerChar())];
    ByteBuffer encoded = ByteBuffer.wrap(room);
    CoderResult result = encoder.encode(CharBuffer.wrap(characters), encoded, true);
    byte[] bytes = Arrays.copyOf(room, encoded.position());
    Arrays.fill(room, (byte) 0);
    if (result.isError()) {
      throw new StillpointException(
          ErrorKind.BAD_REQUEST,
          "The password holds half a character",
          "Enter the password again.");
    }
    return bytes;
  }

  private static Password decode(byte[] plain) throws CharacterCodingException {
    char[] room = new char[plain.length];
    CharBuffer decoded = CharBuffer.wrap(room);
    CoderResult result =
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(plain), decoded, true);
    char[] characters = Arrays.copyOf(room, decoded.position());
    Arrays.fill(plain, (byte) 0);
    Arrays.fill(room, '\0');
    try {
      if (result.isError()) {
        result.throwException();
      }
      return new Password(characters);
    } finally {
      Arrays.fill(characters, '\0');
    }
  }

  private static StillpointException damaged(SiteId site, Exception cause) {
    return new StillpointException(
        ErrorKind.CORRUPT_DATA,
        "The kept password of site " + site + " is damaged",
        "Remove the site and add it again.",
        cause);
  }

  @Override
  public void close() {
    Arrays.fill(key, (byte) 0);
  }

  @Override
  public String toString() {
    return "SecretKey[***]";
  }
}
