package dev.stillpoint.repository.maintenance;

/**
 * How a collection goes about it.
 *
 * @param rewriteBelowPercent packs of which less is needed are rewritten, 0 (never) to 100 (all
 *     that hold any garbage)
 * @param dryRun whether only to say what would be done
 */
public record CollectOptions(int rewriteBelowPercent, boolean dryRun) {

  public CollectOptions {
    if (rewriteBelowPercent < 0 || rewriteBelowPercent > 100) {
      throw new IllegalArgumentException("Not a percentage: " + rewriteBelowPercent);
    }
  }

  /** Rewrites packs of which less than half is needed. */
  public static CollectOptions standard() {
    return new CollectOptions(50, false);
  }

  /** The same, but nothing is changed. */
  public CollectOptions asDryRun() {
    return new CollectOptions(rewriteBelowPercent, true);
  }
}
