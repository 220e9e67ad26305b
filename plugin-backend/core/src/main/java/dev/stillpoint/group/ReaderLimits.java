package dev.stillpoint.group;

/**
 * How many VMs may be read at one time where they share something; 0: as many as there are readers.
 *
 * @param perHost that run on one host; VMs that are off run nowhere
 * @param perStorage that have a disk on one storage
 * @param perSite of one manager, all runs together
 */
public record ReaderLimits(int perHost, int perStorage, int perSite) {

  public static final ReaderLimits NONE = new ReaderLimits(0, 0, 0);

  public ReaderLimits {
    if (perHost < 0 || perStorage < 0 || perSite < 0) {
      throw new IllegalArgumentException("A limit is never negative");
    }
  }

  /** Whether it must be known where VMs are. */
  public boolean needPlaces() {
    return perHost > 0 || perStorage > 0;
  }
}
