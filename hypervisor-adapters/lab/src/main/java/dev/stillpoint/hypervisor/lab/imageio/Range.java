package dev.stillpoint.hypervisor.lab.imageio;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A range of bytes of an image. */
record Range(long start, long length) {
  private static final Pattern WANTED = Pattern.compile("bytes=(\\d+)-(\\d*)");
  private static final Pattern CONTENT = Pattern.compile("bytes (\\d+)-(\\d*)/(\\*|\\d+)");

  long last() {
    return start + length - 1;
  }

  /** Reads a Range header; ranges from the end and several ranges are not offered. */
  static Range wanted(String header, long size) {
    Matcher range = WANTED.matcher(header);
    if (!range.matches()) {
      throw ImageFault.outOfRange(size);
    }
    long start = Long.parseLong(range.group(1));
    long last = range.group(2).isEmpty() ? size - 1 : Long.parseLong(range.group(2));
    if (start >= size || last >= size || last < start) {
      throw ImageFault.outOfRange(size);
    }
    return new Range(start, last - start + 1);
  }

  /** Reads a Content-Range header, of which only the start counts. */
  static long contentStart(String header) {
    Matcher range = CONTENT.matcher(header);
    if (!range.matches()) {
      throw ImageFault.bad("Invalid Content-Range: " + header);
    }
    return Long.parseLong(range.group(1));
  }
}
