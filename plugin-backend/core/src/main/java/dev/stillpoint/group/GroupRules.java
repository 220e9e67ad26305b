package dev.stillpoint.group;

import static java.util.Objects.requireNonNull;

/**
 * By what a run's order is decided, all settled.
 *
 * @param batchSize 0: all VMs of the run share one snapshot time
 * @param readers one or more
 */
public record GroupRules(
    LoadOrder order,
    OrderBy by,
    Collective collective,
    int batchSize,
    int readers,
    ReaderLimits limits) {

  /** Highest load first, each VM for itself, all at once. */
  public static GroupRules standard(int readers) {
    return new GroupRules(
        LoadOrder.HIGHEST_LOAD, OrderBy.VM, Collective.SUM, 0, readers, ReaderLimits.NONE);
  }

  public GroupRules {
    requireNonNull(order, "order");
    requireNonNull(by, "by");
    requireNonNull(collective, "collective");
    requireNonNull(limits, "limits");
    if (batchSize < 0 || readers < 1) {
      throw new IllegalArgumentException("Batches of " + batchSize + ", readers: " + readers);
    }
  }

  /** These, but for what the settings say. */
  public GroupRules with(GroupSettings settings) {
    return new GroupRules(
        settings.order().orElse(order),
        settings.by().orElse(by),
        settings.collective().orElse(collective),
        settings.batchSize().orElse(batchSize),
        settings.readers().orElse(readers),
        limits);
  }

  public GroupRules withOrder(LoadOrder newOrder) {
    return new GroupRules(newOrder, by, collective, batchSize, readers, limits);
  }

  /** The same run, had nobody looked at loads: each VM for itself, in the order given. */
  public GroupRules asFifo() {
    return new GroupRules(LoadOrder.FIFO, OrderBy.VM, Collective.SUM, batchSize, readers, limits);
  }

  /** Whether it must be known where VMs are. */
  public boolean needPlaces() {
    return by != OrderBy.VM || limits.needPlaces();
  }
}
