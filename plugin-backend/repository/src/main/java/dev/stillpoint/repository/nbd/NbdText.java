package dev.stillpoint.repository.nbd;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;

/** The protocol's strings: UTF-8 without NUL, at most 4096 bytes. */
final class NbdText {

  static final int MAX_BYTES = 4096;

  private NbdText() {}

  /**
   * @throws IllegalArgumentException when the text cannot be sent
   */
  static void requireValid(String text) {
    try {
      int bytes = UTF_8.newEncoder().encode(CharBuffer.wrap(text)).remaining();
      if (bytes > MAX_BYTES || text.indexOf('\0') >= 0) {
        throw new IllegalArgumentException(
            "A name or description has no NUL and at most 4096 bytes, not " + bytes);
      }
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("Not text that has a form in UTF-8", e);
    }
  }

  /**
   * @throws CharacterCodingException when the bytes are not UTF-8
   */
  static String decode(ByteBuffer bytes) throws CharacterCodingException {
    return UTF_8
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT)
        .decode(bytes)
        .toString();
  }

  /** As many whole characters of a message as fit. */
  static byte[] message(String text) {
    ByteBuffer bytes = ByteBuffer.allocate(MAX_BYTES);
    UTF_8
        .newEncoder()
        .onMalformedInput(CodingErrorAction.REPLACE)
        .onUnmappableCharacter(CodingErrorAction.REPLACE)
        .encode(CharBuffer.wrap(text), bytes, true);
    byte[] message = new byte[bytes.position()];
    bytes.flip().get(message);
    return message;
  }
}
