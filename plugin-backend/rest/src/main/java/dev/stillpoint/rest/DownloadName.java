package dev.stillpoint.rest;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

/** The name under which a browser is to keep a download, by RFC 6266 and RFC 8187. */
final class DownloadName {

  /** Most file systems take 255 bytes; a character has at most four. */
  private static final int MAX_CHARACTERS = 60;

  private static final String PLAIN_IN_RFC_8187 = "!#$&+-.^_`|~";

  private DownloadName() {}

  /**
   * The header Content-Disposition for a name of any characters: once in ASCII for all clients, and
   * once exactly for those that know how to read it.
   *
   * @param name without extension
   * @param extension ASCII, with its dot
   */
  static String attachment(String name, String extension) {
    String safe = safe(name);
    StringBuilder ascii = new StringBuilder();
    safe.codePoints().forEach(c -> ascii.append(isQuotable(c) ? (char) c : '_'));
    return "attachment; filename=\""
        + ascii
        + extension
        + "\"; filename*=UTF-8''"
        + encode(safe + extension);
  }

  /** Neither leaves the folder, nor hides, nor holds what a terminal or Windows stumbles over. */
  private static String safe(String name) {
    StringBuilder safe = new StringBuilder();
    name.codePoints().limit(MAX_CHARACTERS).forEach(c -> safe.appendCodePoint(isSafe(c) ? c : '_'));
    return safe.toString().replaceFirst("^\\.", "_");
  }

  private static boolean isSafe(int c) {
    int type = Character.getType(c);
    return type != Character.CONTROL
        && type != Character.FORMAT
        && type != Character.SURROGATE
        && type != Character.LINE_SEPARATOR
        && type != Character.PARAGRAPH_SEPARATOR
        && "/\\:*?\"<>|".indexOf(c) < 0;
  }

  /** A percent sign is left out since some browsers decode it there. */
  private static boolean isQuotable(int c) {
    return c >= ' ' && c < 0x7F && c != '%';
  }

  private static String encode(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : text.getBytes(UTF_8)) {
      char c = (char) (b & 0xFF);
      boolean letter = US_ASCII.newEncoder().canEncode(c) && Character.isLetterOrDigit(c);
      if (letter || PLAIN_IN_RFC_8187.indexOf(c) >= 0) {
        encoded.append(c);
      } else {
        encoded.append("%%%02X".formatted((int) c));
      }
    }
    return encoded.toString();
  }
}
