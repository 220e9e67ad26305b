package dev.stillpoint.upkeep;

import dev.stillpoint.metering.MeteredPoint;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.PolicyId;
import dev.stillpoint.model.RestorePointId;
import dev.stillpoint.retention.KeptPoint;
import dev.stillpoint.retention.VmRef;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps what is to be known of each point without its document, also of those that have ended: for
 * metering. Thread-safe.
 */
public interface PointLedger {

  /**
   * What the points of one VM come to that are kept.
   *
   * @param vmName of the newest
   */
  record VmTotals(VmRef vm, String vmName, int points, Instant oldest, Instant newest) {}

  /** Changes whenever what is written down does, while the server runs. */
  long version();

  /** Writes points down as kept; one that is written down already is replaced. */
  void record(List<KeptPoint> points);

  /** Notes that a point is kept no longer; one that has ended, or is not there, stays as it is. */
  void end(RestorePointId id, Instant when);

  /** Points of the catalog that are not written down as kept, at most so many. */
  List<RestorePointId> unlisted(int limit);

  /** Points written down as kept that the catalog does not have. */
  List<RestorePointId> lost();

  /** One that is kept. */
  Optional<KeptPoint> find(RestorePointId id);

  /** VMs that keep a point whose time has ended by then. */
  List<VmRef> withDue(Instant at);

  /** What is kept of a VM, the oldest first. */
  List<KeptPoint> ofVm(VmRef vm);

  /** What is kept of a policy, the oldest first. */
  List<KeptPoint> ofPolicy(PolicyId policy);

  /** One entry for each VM that has points. */
  List<VmTotals> totals();

  /** What was kept at any time from the one instant to before the other. */
  List<MeteredPoint> between(Instant from, Instant before);

  /** What points of each VM have stored that were made after that instant and are kept. */
  Map<VmRef, ByteCount> storedSince(Instant instant);

  /** What points of each VM had stored that ended after that instant. */
  Map<VmRef, ByteCount> endedSince(Instant instant);
}
