package dev.stillpoint.repository.format;

/**
 * A part of a pack, {@code [from, to)}, whose records are all listed in an index run.
 *
 * @param pack number of the pack
 * @param from offset of a record's header
 * @param to offset after a record's payload, or the pack's end
 */
public record PackExtent(int pack, long from, long to) {

  public PackExtent {
    if (pack < 0 || from < 0 || to < from) {
      throw new IllegalArgumentException(
          "Not an extent: pack " + pack + " from " + from + " to " + to);
    }
  }
}
