package dev.stillpoint.simulation;

/** How long reading takes in a simulation: always the same, however many read. */
final class ReadingTime {

  /** A snapshot, its transfer and its removal take that long, however little changed. */
  private static final double OVERHEAD_SECONDS = 15;

  private static final double BYTES_PER_SECOND = 100e6;

  private ReadingTime() {}

  static double seconds(double bytes) {
    return OVERHEAD_SECONDS + bytes / BYTES_PER_SECOND;
  }
}
