package dev.stillpoint.hypervisor.ovirt;

import java.text.Normalizer;

/** What a file is called as a disk: the engine takes letters, digits, dots, dashes, underscores. */
final class IsoName {

  private static final String SUFFIX = ".iso";
  private static final int LONGEST_BASE = 100;

  private IsoName() {}

  static String of(String fileName) {
    String file = fileName.substring(fileName.replace('\\', '/').lastIndexOf('/') + 1);
    String plain =
        Normalizer.normalize(file, Normalizer.Form.NFC)
            .replaceAll("(?i)\\.iso$", "")
            .replaceAll("[^\\p{L}0-9._-]+", "-")
            .replaceAll("^[-.]+|[-.]+$", "");
    String base = cut(plain.isEmpty() ? "image" : plain);
    return base + SUFFIX;
  }

  private static String cut(String text) {
    int length = text.codePointCount(0, text.length());
    return length <= LONGEST_BASE
        ? text
        : text.substring(0, text.offsetByCodePoints(0, LONGEST_BASE));
  }
}
