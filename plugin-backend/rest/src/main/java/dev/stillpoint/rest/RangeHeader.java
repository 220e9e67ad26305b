package dev.stillpoint.rest;

import dev.stillpoint.model.ByteRange;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The part of something large that a caller asks for, by RFC 9110, section 14. */
final class RangeHeader {

  private static final Pattern UNIT = Pattern.compile("\\s*bytes\\s*=(.*)", Pattern.DOTALL);

  /** More digits than 18 are beyond the end of anything; they are dealt with as that. */
  private static final Pattern RANGE = Pattern.compile("[ \\t]*(\\d*)-(\\d*)[ \\t]*");

  private static final int MAX_DIGITS = 18;

  private RangeHeader() {}

  /**
   * The part asked for; empty for the whole. Units other than bytes are passed over, as the RFC
   * demands. Several ranges and what is no range are refused, as it allows, rather than passed
   * over: who wants a few bytes is not sent a disk of terabytes.
   *
   * @param header as sent, empty when it was not
   * @param sizeBytes of the whole
   * @throws StillpointException BAD_REQUEST, to be answered with 416
   */
  static Optional<ByteRange> resolve(String header, long sizeBytes) {
    Matcher unit = UNIT.matcher(header.toLowerCase(Locale.ROOT));
    if (!unit.matches()) {
      return Optional.empty();
    }
    if (unit.group(1).indexOf(',') >= 0) {
      throw refused("Ask for one range at a time, not for '" + header + "'", sizeBytes);
    }
    Matcher range = RANGE.matcher(unit.group(1));
    if (!range.matches() || (range.group(1).isEmpty() && range.group(2).isEmpty())) {
      throw refused("Not a range of bytes: '" + header + "'", sizeBytes);
    }
    boolean suffix = range.group(1).isEmpty();
    long last = number(range.group(2));
    long start = suffix ? Math.max(0, sizeBytes - last) : number(range.group(1));
    long end = suffix || last >= sizeBytes ? sizeBytes : last + 1;
    if (start >= end) {
      throw refused("There is nothing at '" + header + "'", sizeBytes);
    }
    return Optional.of(ByteRange.between(start, end));
  }

  private static long number(String digits) {
    return digits.isEmpty() || digits.length() > MAX_DIGITS
        ? Long.MAX_VALUE
        : Long.parseLong(digits);
  }

  private static StillpointException refused(String message, long sizeBytes) {
    return new StillpointException(
        ErrorKind.BAD_REQUEST, message + "; there are " + sizeBytes + " bytes", "");
  }
}
