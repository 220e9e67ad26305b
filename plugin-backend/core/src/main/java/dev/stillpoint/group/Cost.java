package dev.stillpoint.group;

/**
 * What snapshots cost the guests.
 *
 * @param snapshotSeconds for how long VMs had a snapshot, summed
 * @param loadSeconds their loads times that, summed: bytes that went through snapshots
 */
public record Cost(double snapshotSeconds, double loadSeconds) {

  public static final Cost NONE = new Cost(0, 0);

  public Cost plus(Cost other) {
    return new Cost(snapshotSeconds + other.snapshotSeconds, loadSeconds + other.loadSeconds);
  }
}
