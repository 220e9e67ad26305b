package dev.stillpoint.protection;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How names are compared, whatever script they are written in. */
final class NameText {

  /** Accents of Latin, Greek and Cyrillic letters; the marks of other scripts are letters. */
  private static final Pattern ACCENTS = Pattern.compile("[\\u0300-\\u036f]");

  private static final Pattern NUMBER = Pattern.compile("[0-9]+");
  private static final int LENGTHS = 9;

  private NameText() {}

  /** The same for names that differ in case, accents or width only. */
  static String folded(String name) {
    String parts = Normalizer.normalize(name, Normalizer.Form.NFKD);
    return ACCENTS.matcher(parts).replaceAll("").toUpperCase(Locale.ROOT);
  }

  /** Sorts as text the way people sort names: without case, and numbers in them by their value. */
  static String sortable(String name) {
    return NUMBER.matcher(folded(name)).replaceAll(NameText::number);
  }

  /** Its length comes first: a longer number is a larger one. */
  private static String number(MatchResult found) {
    String digits = found.group().replaceFirst("^0+(?=.)", "");
    String length = "9".repeat(digits.length() / LENGTHS) + digits.length() % LENGTHS;
    return Matcher.quoteReplacement(length + digits);
  }
}
