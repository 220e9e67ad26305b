package dev.stillpoint.upkeep;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.RestorePointId;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.retention.Hold;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Places and releases holds, where the configuration allows them. */
public final class Holds {

  private final HoldStore store;
  private final boolean allowed;
  private final InstantSource clock;

  /**
   * @param allowed otherwise holds that were placed before stay in force, but none can be placed
   */
  public Holds(HoldStore store, boolean allowed, InstantSource clock) {
    this.store = requireNonNull(store, "store");
    this.allowed = allowed;
    this.clock = requireNonNull(clock, "clock");
  }

  public List<Hold> all() {
    return store.all();
  }

  /**
   * Keeps a point that is there beyond its time.
   *
   * @throws StillpointException CONFLICT where holds are not allowed, BAD_REQUEST for an end that
   *     has passed or without a reason
   */
  public Hold place(RestorePointId point, Optional<Instant> until, String reason, String who) {
    if (!allowed) {
      throw new StillpointException(
          ErrorKind.CONFLICT,
          "Restore points cannot be held here: their time is fixed when they are made",
          "Allow it with retention.holds-allowed = true in the server's configuration.");
    }
    Instant now = clock.instant();
    Hold hold = new Hold(point, until, reason, who, now);
    if (!hold.holdsAt(now)) {
      throw new StillpointException(
          ErrorKind.BAD_REQUEST,
          "A hold until " + until.map(Instant::toString).orElse("") + " would have ended already",
          "Give a later time, or none.");
    }
    store.put(hold);
    return hold;
  }

  /**
   * @throws StillpointException NOT_FOUND when the point is not held
   */
  public void release(RestorePointId point) {
    if (store.all().stream().noneMatch(hold -> hold.point().equals(point))) {
      throw new StillpointException(
          ErrorKind.NOT_FOUND, "Restore point " + point + " is not held", "");
    }
    store.remove(point);
  }
}
