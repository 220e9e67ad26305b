package dev.stillpoint.upkeep;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.catalog.Catalog;
import dev.stillpoint.catalog.RestorePoint;
import dev.stillpoint.job.BackupRequest;
import dev.stillpoint.job.CheckpointRelease;
import dev.stillpoint.job.JournalEntry;
import dev.stillpoint.job.JournalStore;
import dev.stillpoint.job.Restores;
import dev.stillpoint.job.Run;
import dev.stillpoint.job.RunState;
import dev.stillpoint.job.Sweeper;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.Place;
import dev.stillpoint.model.RestorePointId;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.repository.Repository;
import dev.stillpoint.retention.KeptPoint;
import dev.stillpoint.retention.RetentionPlan;
import dev.stillpoint.retention.VmRef;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Expires restore points: those that the plan names, and those that somebody chose. Thread-safe.
 *
 * <p>A point that a run works with is left alone until that run has ended.
 */
public final class Expirer {

  private static final Logger LOG = LoggerFactory.getLogger(Expirer.class);

  private final Stores stores;
  private final RetentionPlans plans;
  private final LedgerKeeper keeper;
  private final CheckpointRelease release;
  private final Supplier<List<Run>> unfinished;
  private final InstantSource clock;
  private final UpkeepListener listener;

  /** Checkpoints on their way out: the sweeper must not take them for ones that are in use. */
  private final Set<String> leaving = ConcurrentHashMap.newKeySet();

  /** Where points are, and what is known of them. */
  public record Stores(
      Repository repository,
      Catalog catalog,
      PointLedger ledger,
      SightingStore sightings,
      JournalStore journal) {}

  /**
   * @param unfinished the runs that are queued or running
   */
  public Expirer(
      Stores stores,
      RetentionPlans plans,
      Sweeper sweeper,
      Supplier<List<Run>> unfinished,
      InstantSource clock,
      UpkeepListener listener) {
    this.stores = requireNonNull(stores, "stores");
    this.plans = requireNonNull(plans, "plans");
    this.unfinished = requireNonNull(unfinished, "unfinished");
    this.clock = requireNonNull(clock, "clock");
    this.listener = requireNonNull(listener, "listener");
    this.keeper = new LedgerKeeper(stores.catalog(), stores.ledger(), stores.sightings(), clock);
    this.release = new CheckpointRelease(stores.catalog(), clock);
    sweeper.hold(entry -> leaving.contains(entry.effect().reference()));
  }

  /** Brings the ledger up to date with the catalog. */
  public void reconcile() {
    keeper.reconcile();
  }

  /**
   * Expires what the plan says, VM by VM.
   *
   * @return what was expired
   */
  public List<RetentionPlan.Decision> expireDue() {
    Instant now = clock.instant();
    RetentionPlans.Maker maker = plans.at(now);
    List<RetentionPlan.Decision> expired = new ArrayList<>();
    for (VmRef vm : stores.ledger().withDue(now)) {
      for (RetentionPlan.Decision decision : maker.ofVm(vm).expiring()) {
        if (user(decision.point()).isEmpty() && attempt(decision)) {
          expired.add(decision);
        }
      }
    }
    return expired;
  }

  private boolean attempt(RetentionPlan.Decision decision) {
    try {
      expire(decision.point(), "", decision.reason());
      return true;
    } catch (StillpointException e) {
      LOG.warn("expire point={} not done: {}", decision.point().id(), e.getMessage());
      return false;
    }
  }

  /**
   * Deletes chosen points: all that are named, or none.
   *
   * @param who asks for it
   * @throws StillpointException NOT_FOUND; CONFLICT for one that is held or that a run works with
   */
  public void delete(List<KeptPoint> points, String who) {
    points.forEach(this::requireFree);
    points.forEach(point -> expire(point, who, "deleted by " + who));
  }

  /** A point of the catalog as far as keeping it goes. */
  public KeptPoint kept(RestorePoint point) {
    return LedgerKeeper.kept(point);
  }

  /**
   * @throws StillpointException CONFLICT for a point that is held or that a run works with
   */
  public void requireFree(KeptPoint point) {
    plans
        .hold(point.id(), clock.instant())
        .ifPresent(
            hold -> {
              throw new StillpointException(
                  ErrorKind.CONFLICT,
                  "Restore point "
                      + point.id()
                      + " is held by "
                      + hold.who()
                      + ": "
                      + hold.reason(),
                  "Release it first.",
                  Place.HOLDS);
            });
    user(point)
        .ifPresent(
            run -> {
              throw new StillpointException(
                  ErrorKind.CONFLICT,
                  "Run " + run.id() + " works with restore point " + point.id(),
                  "Wait until it has ended.");
            });
  }

  /** The run that works with a point, or may come to. */
  private Optional<Run> user(KeptPoint point) {
    return unfinished.get().stream().filter(run -> uses(run, point)).findFirst();
  }

  private static boolean uses(Run run, KeptPoint point) {
    if (run.request() instanceof Restores restores) {
      return restores.parts().stream().anyMatch(part -> part.point().equals(point.id()));
    }
    return run.state() == RunState.RUNNING
        && run.site().equals(point.vm().site())
        && run.request() instanceof BackupRequest backup
        && backup.vms().stream().anyMatch(vm -> vm.id().equals(point.vm().vm()));
  }

  private synchronized void expire(KeptPoint point, String who, String reason) {
    Optional<JournalEntry> checkpoint = release.of(point.id());
    checkpoint.ifPresent(entry -> leaving.add(entry.effect().reference()));
    try {
      // Written down before the point goes that keeps it: nobody would know of it afterwards.
      stores.journal().add(checkpoint.map(List::of).orElse(List.of()));
      forget(point.id());
      stores.ledger().end(point.id(), clock.instant());
    } finally {
      checkpoint.ifPresent(entry -> leaving.remove(entry.effect().reference()));
    }
    LOG.info("expired point={} vm={} {}", point.id(), point.vmName(), reason);
    listener.expired(point, who, reason);
  }

  private void forget(RestorePointId id) {
    try {
      stores.repository().expire(id);
    } catch (StillpointException e) {
      // Gone from the repository already: what is left of it goes as well.
      if (e.kind() != ErrorKind.NOT_FOUND) {
        throw e;
      }
    }
    stores.catalog().remove(id);
  }
}
