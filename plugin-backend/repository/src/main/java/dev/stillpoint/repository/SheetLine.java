package dev.stillpoint.repository;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.OptionalLong;

/**
 * One line of a key sheet: 64 bits as thirteen characters of Crockford's Base32 and his check
 * character, which the line's number is part of.
 *
 * <p>The check is a remainder modulo 37, a prime above 32: each single wrong character changes it,
 * and so does each swap of neighbours.
 */
final class SheetLine {

  /** Data and check. */
  static final int CHARACTERS = 14;

  private static final byte[] SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ*~$=U".getBytes(US_ASCII);
  private static final int BASE = 32;
  private static final int DIGIT_BITS = 5;
  private static final int MAX_FIRST_DIGIT = 15;

  private SheetLine() {}

  static byte[] encode(int number, long value) {
    byte[] line = new byte[CHARACTERS];
    int check = number;
    for (int i = 0; i < CHARACTERS - 1; i++) {
      int digit = (int) (value >>> (DIGIT_BITS * (CHARACTERS - 2 - i))) & (BASE - 1);
      line[i] = SYMBOLS[digit];
      check = (check * BASE + digit) % SYMBOLS.length;
    }
    line[CHARACTERS - 1] = SYMBOLS[check];
    return line;
  }

  /**
   * Reads what was typed: small letters, blanks and hyphens anywhere, O for 0, I and L for 1 are
   * taken.
   *
   * @return empty when it is no such line or has a typing error
   */
  static OptionalLong decode(int number, byte[] typed, int from, int to) {
    long value = 0;
    int check = number;
    int count = 0;
    for (int i = from; i < to; i++) {
      if ((typed[i] >= 0 && typed[i] <= ' ') || typed[i] == '-') {
        continue;
      }
      int digit = digit(typed[i]);
      count++;
      if (count == CHARACTERS) {
        check = digit == check ? 0 : -1;
      } else if (digit < 0 || digit >= BASE || count > CHARACTERS) {
        return OptionalLong.empty();
      } else if (count == 1 && digit > MAX_FIRST_DIGIT) {
        return OptionalLong.empty();
      } else {
        value = (value << DIGIT_BITS) | digit;
        check = (check * BASE + digit) % SYMBOLS.length;
      }
    }
    return count == CHARACTERS && check == 0 ? OptionalLong.of(value) : OptionalLong.empty();
  }

  private static int digit(byte typed) {
    int upper = typed >= 'a' && typed <= 'z' ? typed - 'a' + 'A' : typed;
    return switch (upper) {
      case 'O' -> 0;
      case 'I', 'L' -> 1;
      default -> symbol(upper);
    };
  }

  private static int symbol(int character) {
    for (int i = 0; i < SYMBOLS.length; i++) {
      if (SYMBOLS[i] == character) {
        return i;
      }
    }
    return -1;
  }
}
