package dev.stillpoint.repository.maintenance;

/**
 * What the collect plan is made from.
 *
 * @param pack its number
 * @param bytes its length
 * @param liveBytes what of it is needed, about
 * @param needed whether anything in it is needed
 * @param damaged whether something that is needed cannot be read from it
 */
public record PackState(int pack, long bytes, long liveBytes, boolean needed, boolean damaged) {

  public PackState {
    if (pack < 0 || bytes < 0 || liveBytes < 0 || liveBytes > bytes) {
      throw new IllegalArgumentException(
          "Not a pack: %d with %d bytes, %d live".formatted(pack, bytes, liveBytes));
    }
  }
}
