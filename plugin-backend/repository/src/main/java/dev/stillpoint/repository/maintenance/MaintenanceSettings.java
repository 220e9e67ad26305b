package dev.stillpoint.repository.maintenance;

/**
 * What maintenance takes for itself; tests make it small.
 *
 * @param sortBytes memory of one list that is sorted; at most four are sorted at once, and what was
 *     met lately is remembered in as much again as one of them
 * @param threads that verify at once
 */
public record MaintenanceSettings(long sortBytes, int threads) {

  private static final int MEBIBYTE = 1 << 20;

  public MaintenanceSettings {
    if (sortBytes < 1 || threads < 1) {
      throw new IllegalArgumentException(
          "Not settings: " + sortBytes + " bytes, " + threads + " threads");
    }
  }

  /** 100 MiB in all, and a thread for each core. */
  public static MaintenanceSettings standard() {
    return new MaintenanceSettings(20 * MEBIBYTE, Runtime.getRuntime().availableProcessors());
  }
}
