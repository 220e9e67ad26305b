package dev.stillpoint.benchmarks;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/**
 * Changes an image as a busy guest would, and makes files of other kinds. Everything is seeded.
 *
 * <p>Uses the JDK only, so that it also runs from its source without a build.
 */
public final class RewriteImage {

  /** Length of every rewritten extent. */
  static final int EXTENT_BYTES = 64 * 1024;

  private static final int WORDS = 4096;

  private final Random random;
  private final List<String> words = new ArrayList<>();

  RewriteImage(long seed) {
    this.random = new Random(seed);
    for (int i = 0; i < WORDS; i++) {
      StringBuilder word = new StringBuilder();
      for (int letters = 2 + random.nextInt(9); letters > 0; letters--) {
        word.append((char) ('a' + random.nextInt(26)));
      }
      words.add(word.toString());
    }
  }

  /**
   * Either {@code IMAGE PERCENT GRID SEED LIST}: rewrites so much of the image's data at places
   * that are multiples of GRID, and writes what it changed to LIST; or {@code --files DIR MIB
   * SEED}.
   */
  public static void main(String[] args) throws IOException {
    if (args.length == 4 && args[0].equals("--files")) {
      new RewriteImage(Long.parseLong(args[3])).files(Path.of(args[1]), Long.parseLong(args[2]));
    } else if (args.length == 5) {
      List<Long> places =
          new RewriteImage(Long.parseLong(args[3]))
              .rewrite(Path.of(args[0]), Double.parseDouble(args[1]), Integer.parseInt(args[2]));
      Files.writeString(Path.of(args[4]), json(places));
    } else {
      throw new IllegalArgumentException(
          "Usage: RewriteImage IMAGE PERCENT GRID SEED LIST | --files DIR MIB SEED");
    }
  }

  /**
   * Rewrites extents that held data, half of them with random bytes and half with text.
   *
   * @param gridBytes the extents start at multiples of it
   * @return where they start, ascending, none overlapping another
   */
  List<Long> rewrite(Path image, double percent, int gridBytes) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      List<Long> data = dataExtents(file);
      long wanted = Math.round(data.size() * percent / 100);
      Collections.shuffle(data, random);
      TreeSet<Long> places = new TreeSet<>();
      for (int i = 0; i < data.size() && places.size() < wanted; i++) {
        long shift = (long) random.nextInt(EXTENT_BYTES / gridBytes) * gridBytes;
        long place = data.get(i) + shift;
        Long before = places.floor(place);
        Long after = places.ceiling(place);
        if (place + EXTENT_BYTES <= file.length()
            && (before == null || before + EXTENT_BYTES <= place)
            && (after == null || place + EXTENT_BYTES <= after)) {
          places.add(place);
        }
      }
      byte[] extent = new byte[EXTENT_BYTES];
      boolean asText = false;
      for (long place : places) {
        if (asText) {
          text(extent);
        } else {
          random.nextBytes(extent);
        }
        asText = !asText;
        file.seek(place);
        file.write(extent);
      }
      return List.copyOf(places);
    }
  }

  /** The list in the form that {@code stillpoint repository import --changed} reads. */
  static String json(List<Long> places) {
    StringBuilder json = new StringBuilder("[");
    for (long place : places) {
      json.append(json.length() == 1 ? "\n" : ",\n")
          .append("{\"start\":")
          .append(place)
          .append(",\"length\":")
          .append(EXTENT_BYTES)
          .append('}');
    }
    return json.append("\n]\n").toString();
  }

  /** Extents of the 64 KiB grid that are not all zeroes. */
  private static List<Long> dataExtents(RandomAccessFile file) throws IOException {
    List<Long> data = new ArrayList<>();
    byte[] buffer = new byte[64 * EXTENT_BYTES];
    byte[] zeroes = new byte[EXTENT_BYTES];
    for (long start = 0; start < file.length(); start += buffer.length) {
      int length = (int) Math.min(buffer.length, file.length() - start);
      file.readFully(buffer, 0, length);
      for (int at = 0; at + EXTENT_BYTES <= length; at += EXTENT_BYTES) {
        if (!Arrays.equals(buffer, at, at + EXTENT_BYTES, zeroes, 0, EXTENT_BYTES)) {
          data.add(start + at);
        }
      }
    }
    return data;
  }

  /** A quarter media (random), half rows of a table, a quarter logs. */
  private void files(Path directory, long mebibytes) throws IOException {
    byte[] block = new byte[1 << 20];
    Files.createDirectories(directory);
    try (OutputStream media = Files.newOutputStream(directory.resolve("film.bin"))) {
      for (long i = 0; i < mebibytes / 4; i++) {
        random.nextBytes(block);
        media.write(block);
      }
    }
    try (OutputStream table = Files.newOutputStream(directory.resolve("table.dat"))) {
      long row = 0;
      for (long i = 0; i < mebibytes / 2; i++) {
        row = rows(block, row);
        table.write(block);
      }
    }
    try (OutputStream log = Files.newOutputStream(directory.resolve("service.log"))) {
      for (long i = 0; i < mebibytes / 4; i++) {
        text(block);
        log.write(block);
      }
    }
  }

  /** Pages of 8 KiB as a database has them: fixed fields, random keys, short texts, free room. */
  private long rows(byte[] into, long firstRow) {
    long row = firstRow;
    for (int page = 0; page < into.length; page += 8192) {
      StringBuilder text = new StringBuilder();
      while (text.length() < 7000) {
        text.append(String.format("%012d|%016x|", row++, random.nextLong()))
            .append(word())
            .append(' ')
            .append(word())
            .append("|2026-11-21T00:00:00Z|active\0\0\0\0");
      }
      byte[] bytes = text.toString().getBytes(StandardCharsets.US_ASCII);
      Arrays.fill(into, page, page + 8192, (byte) 0);
      System.arraycopy(bytes, 0, into, page, Math.min(8192, bytes.length));
    }
    return row;
  }

  private void text(byte[] into) {
    int at = 0;
    while (at < into.length) {
      byte[] word = word().getBytes(StandardCharsets.US_ASCII);
      int length = Math.min(word.length, into.length - at);
      System.arraycopy(word, 0, into, at, length);
      at += length;
      if (at < into.length) {
        into[at++] = (byte) (random.nextInt(12) == 0 ? '\n' : ' ');
      }
    }
  }

  /** Few words come often, as in any language. */
  private String word() {
    double uniform = random.nextDouble();
    return words.get((int) (uniform * uniform * uniform * WORDS));
  }
}
