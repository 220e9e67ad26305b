package dev.stillpoint.upkeep;

import dev.stillpoint.model.RestorePointId;
import dev.stillpoint.retention.Hold;
import java.util.List;

/** Keeps holds, at most one of a point. Thread-safe. */
public interface HoldStore {

  /** All, in the order in which they were placed. */
  List<Hold> all();

  /** Places a hold, or changes the one that is there. */
  void put(Hold hold);

  /** Releases it; one that is not there is no error. */
  void remove(RestorePointId point);
}
