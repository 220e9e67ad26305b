package dev.stillpoint.repository;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.crypto.MasterKey;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * A printed master key, typed back: opens the repository whatever its passphrases are. {@link
 * KeySlots#sheet} prints it.
 */
public final class KeySheet extends RepositoryKey {

  private static final int LINES = MasterKey.BYTES / Long.BYTES;
  private static final int MAX_BYTES = 16 * 1024;
  private static final int COLUMNS = 72;
  private static final String INDENT = " ".repeat(12);
  private static final int[] GROUP_ENDS = {5, 10, SheetLine.CHARACTERS};

  private static final String FOOT =
      """

      To use it, type the four lines with their numbers into a text file and
      give the file to Stillpoint as the key sheet; then set a new passphrase.
      Small letters, missing hyphens, O for 0 and I or L for 1 do no harm.
      The last character of each line checks the line: a typing error is
      found, and its line is named.
      """;

  private final MasterKey master;

  /** Takes the key over. */
  private KeySheet(MasterKey master) {
    this.master = master;
  }

  /**
   * Reads a sheet that was typed, or kept as a file.
   *
   * @throws StillpointException as {@link #parse}; NOT_FOUND, or BAD_REQUEST when the file is too
   *     long or cannot be read
   */
  public static KeySheet read(Path file) {
    byte[] text = SecretFile.read(file, MAX_BYTES, "key sheet");
    try {
      return parse(text);
    } finally {
      Arrays.fill(text, (byte) 0);
    }
  }

  /**
   * Finds the four lines of the key, in any order, whatever stands around them. The caller wipes
   * the text.
   *
   * @throws StillpointException BAD_REQUEST naming each line that is missing or mistyped
   */
  public static KeySheet parse(byte[] text) {
    ByteBuffer key = ByteBuffer.allocate(MasterKey.BYTES);
    boolean[] seen = new boolean[LINES];
    List<String> problems = new ArrayList<>();
    int start = 0;
    for (int end = 0; end <= text.length; end++) {
      if (end == text.length || text[end] == '\n' || text[end] == '\r') {
        parseLine(text, start, end, key, seen, problems);
        start = end + 1;
      }
    }
    for (int line = 0; line < LINES; line++) {
      if (!seen[line]) {
        problems.add("line " + (line + 1) + " is missing");
      }
    }
    try {
      if (problems.isEmpty()) {
        return new KeySheet(MasterKey.of(key.array()));
      }
    } finally {
      Arrays.fill(key.array(), (byte) 0);
    }
    throw new StillpointException(
        ErrorKind.BAD_REQUEST,
        "The key sheet cannot be read: " + String.join(", ", problems),
        "Compare these lines with the printed sheet.");
  }

  /** A line of the key begins with its number and a colon; all others are passed over. */
  private static void parseLine(
      byte[] text, int from, int to, ByteBuffer key, boolean[] seen, List<String> problems) {
    int start = from;
    // Blanks, and the byte order mark that some editors put first: those bytes are negative.
    while (start < to && text[start] <= ' ') {
      start++;
    }
    int number = start < to ? text[start] - '0' : 0;
    if (number < 1 || number > LINES || start + 1 == to || text[start + 1] != ':') {
      return;
    }
    if (seen[number - 1]) {
      problems.add("line " + number + " is there twice");
    }
    seen[number - 1] = true;
    OptionalLong value = SheetLine.decode(number, text, start + 2, to);
    if (value.isPresent()) {
      key.putLong((number - 1) * Long.BYTES, value.getAsLong());
    } else {
      problems.add("line " + number + " has a typing error");
    }
  }

  /** The caller wipes the text. */
  static byte[] print(MasterKey master, UUID repository, String location, Instant now) {
    byte[] head = head(repository, location, now).getBytes(US_ASCII);
    byte[] foot = FOOT.getBytes(US_ASCII);
    byte[] key = master.copyBytes();
    ByteBuffer text = ByteBuffer.allocate(MAX_BYTES);
    text.put(head);
    for (int number = 1; number <= LINES; number++) {
      long value = ByteBuffer.wrap(key).getLong((number - 1) * Long.BYTES);
      putLine(text, number, SheetLine.encode(number, value));
    }
    text.put(foot);
    byte[] sheet = Arrays.copyOf(text.array(), text.position());
    Arrays.fill(text.array(), (byte) 0);
    Arrays.fill(key, (byte) 0);
    return sheet;
  }

  private static String head(UUID repository, String location, Instant now) {
    return String.format(
        Locale.ROOT,
        """
        STILLPOINT KEY SHEET

        Repository  %s
        Directory   %s
        Printed     %s

        This key opens every backup in this repository, for ever, whatever its
        passphrases are. Keep the sheet in a safe place away from the
        repository, and delete the file that it was printed from.

        Master key:

        """,
        repository,
        wrapped(location),
        now);
  }

  private static void putLine(ByteBuffer text, int number, byte[] characters) {
    text.put((INDENT + number + ": ").getBytes(US_ASCII));
    int from = 0;
    for (int to : GROUP_ENDS) {
      text.put(characters, from, to - from).put((byte) (to < characters.length ? '-' : '\n'));
      from = to;
    }
    Arrays.fill(characters, (byte) 0);
  }

  /** ASCII in the columns that are left; dots keep a strange name from looking like a key line. */
  private static String wrapped(String location) {
    String ascii = location.replaceAll("[^ -~]", "?");
    int width = COLUMNS - INDENT.length() - 3;
    StringBuilder lines = new StringBuilder();
    for (int from = 0; from < ascii.length(); from += width) {
      lines.append(from == 0 ? "" : "\n" + INDENT + "...");
      lines.append(ascii, from, Math.min(from + width, ascii.length()));
    }
    return lines.toString();
  }

  @Override
  MasterKey unlock(KeySlotStore slots) {
    if (!slots.repository().accepts(master)) {
      throw slots.refused(List.of());
    }
    return master.copy();
  }

  /** The key itself; the caller wipes the copy. */
  byte[] copyBytes() {
    return master.copyBytes();
  }

  @Override
  boolean isPresent() {
    return true;
  }

  @Override
  public void close() {
    master.close();
  }

  @Override
  public String toString() {
    return "KeySheet[secret]";
  }
}
