package dev.stillpoint.hypervisor;

import java.util.List;

/** An open conversation with one manager; keeps itself logged in until closed. */
public interface SiteSession extends AutoCloseable {

  /** Who answers; asks the manager, so it also tells whether the session still works. */
  SiteInfo info();

  Capabilities capabilities();

  Inventory inventory();

  Snapshots snapshots();

  RestoreTarget restoreTarget();

  MediaDrive mediaDrive();

  ActivityLog activityLog();

  Strays strays();

  LoadMeter loadMeter();

  Callers callers();

  /**
   * Takes one thing away that the journal says we made, or were about to make.
   *
   * <p>Idempotent: what is gone, or was never made, counts as released. Touches nothing that is not
   * ours.
   *
   * @return what else of ours came to light and must be released or kept in its own right: the
   *     checkpoint that an ended snapshot left behind
   * @throws dev.stillpoint.model.StillpointException when it is still there
   */
  List<OutsideEffect> release(OutsideEffect effect);

  /** Logs out. Never throws. */
  @Override
  void close();
}
