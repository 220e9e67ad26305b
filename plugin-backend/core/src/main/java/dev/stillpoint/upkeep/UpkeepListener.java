package dev.stillpoint.upkeep;

import dev.stillpoint.retention.KeptPoint;

/** Is told what the server does by itself, and on request; for the audit. Must never throw. */
public interface UpkeepListener {

  /**
   * @param who asked for it; empty when the plan said so
   * @param reason in words
   */
  void expired(KeptPoint point, String who, String reason);

  /** A collection has ended, well or not. */
  void collected(CollectState.Outcome outcome);

  /** Runs and entries of the audit log that were too old are gone. */
  void forgot(int runs, int entries);

  /** For those who do not care. */
  static UpkeepListener none() {
    return new UpkeepListener() {
      @Override
      public void expired(KeptPoint point, String who, String reason) {}

      @Override
      public void collected(CollectState.Outcome outcome) {}

      @Override
      public void forgot(int runs, int entries) {}
    };
  }
}
