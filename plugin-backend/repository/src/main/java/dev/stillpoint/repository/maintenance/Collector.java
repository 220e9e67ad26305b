package dev.stillpoint.repository.maintenance;

import dev.stillpoint.model.Cancellation;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.chunk.PackKeeper;
import dev.stillpoint.repository.chunk.PackQuarantine;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reclaims the space of what nobody needs, in two phases (see {@link CollectRun}). Thread-safe; one
 * collection at a time.
 */
public final class Collector {

  private static final Logger LOG = LoggerFactory.getLogger(Collector.class);

  private final CollectContext context;
  private final QuarantineFile file;
  private final UsageFile usage;
  private final AtomicBoolean collecting = new AtomicBoolean();
  private Quarantine quarantine;
  private long condemnedBefore;

  /**
   * @param file where the quarantine is kept
   * @param packs the quarantine with which the packs were opened
   * @param usage takes the figures
   */
  public Collector(
      CollectContext context, StateFile file, LoadedQuarantine packs, UsageFile usage) {
    this.context = context;
    this.file = new QuarantineFile(file);
    this.quarantine = packs.quarantine();
    this.usage = usage;
  }

  /** The quarantine as it was when the repository was opened. */
  public static final class LoadedQuarantine {

    private final Quarantine quarantine;

    private LoadedQuarantine(Quarantine quarantine) {
      this.quarantine = quarantine;
    }

    /**
     * A list that cannot be read is given up: the packs in it are like others then, and are
     * collected anew.
     */
    public static LoadedQuarantine load(StateFile file) {
      try {
        return new LoadedQuarantine(new QuarantineFile(file).load());
      } catch (StillpointException e) {
        if (e.kind() != ErrorKind.CORRUPT_DATA) {
          throw e;
        }
        LOG.error("Packs that wait to be deleted are kept for now: {}", e.getMessage());
        return new LoadedQuarantine(Quarantine.none());
      }
    }

    /** For opening the packs. */
    public PackQuarantine packs() {
      return quarantine.packs();
    }

    Quarantine quarantine() {
      return quarantine;
    }
  }

  /**
   * Collects, or says what would be collected.
   *
   * @throws StillpointException CONFLICT when a collection runs already, CORRUPT_DATA when what is
   *     needed cannot be found out (nothing is deleted then), OUT_OF_SPACE, CANCELLED
   */
  public CollectReport collect(
      CollectOptions options, Cancellation cancellation, MaintenanceListener listener) {
    if (!collecting.compareAndSet(false, true)) {
      throw new StillpointException(
          ErrorKind.CONFLICT,
          "The repository " + context.blobs().location() + " is being collected already",
          "Wait until that has ended.");
    }
    try {
      return new CollectRun(context, this, options, cancellation, listener).run();
    } finally {
      collecting.set(false);
    }
  }

  /** What the packs must be opened with, for a new index. */
  public PackQuarantine packs() {
    return quarantine.packs();
  }

  Quarantine quarantine() {
    return quarantine;
  }

  /** Publishes first: what is not written down is not acted upon. */
  void change(Quarantine changed) {
    file.publish(changed);
    quarantine = changed;
  }

  /** Packs were condemned: they wait for whoever was at work then. */
  void condemnedNow() {
    condemnedBefore = keeper().epoch();
  }

  /** Whether everybody has ended who was at work when packs were condemned last. */
  boolean isQuiet() {
    return keeper().isQuietBefore(condemnedBefore);
  }

  PackKeeper keeper() {
    return context.chunks().keeper();
  }

  void keep(UsageFigures figures) {
    try {
      usage.publish(figures);
    } catch (StillpointException e) {
      // The figures are a convenience; the collection is done.
      LOG.warn("The figures of the collection could not be kept: {}", e.getMessage());
    }
  }
}
