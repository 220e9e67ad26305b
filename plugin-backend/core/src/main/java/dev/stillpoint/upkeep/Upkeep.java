package dev.stillpoint.upkeep;

import static java.util.Objects.requireNonNull;

import dev.stillpoint.hypervisor.VmName;
import dev.stillpoint.job.Run;
import dev.stillpoint.job.RunObserver;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.VmId;
import dev.stillpoint.repository.Repository;
import dev.stillpoint.repository.SpaceReport;
import dev.stillpoint.repository.maintenance.UsageFigures;
import dev.stillpoint.site.Site;
import dev.stillpoint.site.Sites;
import dev.stillpoint.space.SpaceDay;
import dev.stillpoint.space.SpaceStore;
import dev.stillpoint.space.VmSpace;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the repository once an hour and after each run: expires what the plan says, writes
 * down how full it is, and collects when that is worthwhile. One look at a time, in its own thread.
 */
public final class Upkeep implements RunObserver, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
  private static final Duration INTERVAL = Duration.ofHours(1);
  private static final int DAYS_KEPT = 400;

  private final Sites sites;
  private final Repository repository;
  private final Stores stores;
  private final Expirer expirer;
  private final Collecting collecting;
  private final CollectSettings settings;
  private final SteadyClock clock;
  private final ScheduledThreadPoolExecutor worker =
      new ScheduledThreadPoolExecutor(1, task -> new Thread(task, "upkeep"));

  /** What is written down at each look. */
  public record Stores(
      PointLedger ledger, SightingStore sightings, SpaceStore space, HistoryKeeper history) {}

  /**
   * The clock on the wall, and one that nobody sets.
   *
   * @param nanos as {@link System#nanoTime}
   */
  public record Clocks(InstantSource wall, LongSupplier nanos) {}

  public Upkeep(
      Sites sites,
      Repository repository,
      Stores stores,
      Expirer expirer,
      Collecting collecting,
      CollectSettings settings,
      Clocks clocks) {
    this.sites = requireNonNull(sites, "sites");
    this.repository = requireNonNull(repository, "repository");
    this.stores = requireNonNull(stores, "stores");
    this.expirer = requireNonNull(expirer, "expirer");
    this.collecting = requireNonNull(collecting, "collecting");
    this.settings = requireNonNull(settings, "settings");
    this.clock = new SteadyClock(clocks);
  }

  /** Begins to look. Call once. */
  @SuppressWarnings("FutureReturnValueIgnored") // Each step is guarded: it never ends by itself.
  public void start() {
    worker.scheduleWithFixedDelay(this::look, 0, INTERVAL.toSeconds(), TimeUnit.SECONDS);
  }

  @Override
  public void started(Run run, Supplier<Run> current) {}

  @Override
  public void ended(Run run) {
    try {
      worker.execute(this::lookAfterRun);
    } catch (RejectedExecutionException e) {
      LOG.debug("the server stops; the repository is looked at after its next start");
    }
  }

  /** One look; also for tests that do not want to wait for an hour. */
  public void look() {
    guarded("sightings", this::seeVms);
    guarded("ledger", expirer::reconcile);
    guarded("history", this::forget);
    lookAfterRun();
  }

  private void lookAfterRun() {
    guarded("expiry", this::expire);
    guarded("figures", this::note);
    guarded("collect", this::collectIfWorthwhile);
  }

  /** What goes wrong in one step must not keep the others from being done, nor the next look. */
  private static void guarded(String step, Runnable work) {
    try {
      work.run();
    } catch (StillpointException e) {
      LOG.warn("upkeep step={} not done: {}", step, e.getMessage());
    } catch (RuntimeException | Error e) {
      LOG.error("upkeep step={} failed unexpectedly", step, e);
    }
  }

  private void expire() {
    if (!clock.trusted()) {
      LOG.warn("upkeep step=expiry waits: the clock jumped ahead; it is believed in an hour");
      return;
    }
    int count = expirer.expireDue().size();
    if (count > 0) {
      LOG.info("upkeep expired={}", count);
    }
  }

  private void forget() {
    if (clock.trusted()) {
      stores.history().forget(clock.now());
    }
  }

  private void seeVms() {
    for (Site site : sites.all()) {
      guarded("sightings of " + site.name(), () -> seeVms(site));
    }
  }

  private void seeVms(Site site) {
    Map<VmId, String> names =
        sites.session(site.id()).inventory().names().stream()
            .collect(Collectors.toMap(VmName::id, VmName::name));
    stores.sightings().seen(site.id(), names, clock.now());
  }

  private void note() {
    LocalDate today = LocalDate.ofInstant(clock.now(), ZoneOffset.UTC);
    SpaceReport space = repository.space();
    long garbage = space.reclaimable().map(ByteCount::bytes).orElse(0L);
    UsageFigures usage = repository.maintenance().usageByOwner();
    List<VmSpace> vms = new ArrayList<>();
    usage
        .owners()
        .forEach(
            (owner, share) -> {
              if (!owner.isBlank()) {
                vms.add(new VmSpace(today, new VmId(owner), share.unique(), share.shared()));
              }
            });
    stores
        .space()
        .put(
            new SpaceDay(
                today,
                ByteCount.ofBytes(Math.max(0, space.used().bytes() - garbage)),
                space.used().plus(space.free())),
            vms);
    stores.space().forgetBefore(today.minusDays(DAYS_KEPT));
  }

  private void collectIfWorthwhile() {
    CollectDecision decision = decide();
    if (decision.start() && collecting.state().running().isEmpty()) {
      collecting.start(decision.reason(), false);
    }
  }

  /** Whether a collection would begin by itself now, and why or why not. */
  public CollectDecision decide() {
    UsageFigures usage = repository.maintenance().usageByOwner();
    SpaceReport space = repository.space();
    long expired =
        stores.ledger().endedSince(usage.asOf().orElse(Instant.EPOCH)).values().stream()
            .mapToLong(ByteCount::bytes)
            .sum();
    return CollectDecision.decide(
        new CollectDecision.Figures(
            usage.asOf(),
            stores.ledger().totals().stream()
                .map(PointLedger.VmTotals::oldest)
                .min(Instant::compareTo),
            ByteCount.ofBytes(expired),
            space.used(),
            space.free()),
        settings,
        clock.now());
  }

  @Override
  public void close() {
    worker.shutdownNow();
    try {
      if (!worker.awaitTermination(30, TimeUnit.SECONDS)) {
        LOG.warn("the look at the repository did not end in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
