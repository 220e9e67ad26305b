package dev.stillpoint.server;

import dev.stillpoint.access.Identities;
import dev.stillpoint.audit.AuditTrail;
import dev.stillpoint.job.RunQueue;
import dev.stillpoint.job.Sweeper;
import dev.stillpoint.persistence.Database;
import dev.stillpoint.protection.NewVmsSeen;
import dev.stillpoint.protection.Protection;
import dev.stillpoint.repository.Repository;
import dev.stillpoint.rest.CollectionResource;
import dev.stillpoint.rest.DeletionsResource;
import dev.stillpoint.rest.HoldsResource;
import dev.stillpoint.rest.MeteringResource;
import dev.stillpoint.rest.OverviewResource;
import dev.stillpoint.rest.ProtectionResource;
import dev.stillpoint.rest.RetentionResource;
import dev.stillpoint.retention.VmRef;
import dev.stillpoint.schedule.Slot;
import dev.stillpoint.site.Sites;
import dev.stillpoint.upkeep.Collecting;
import dev.stillpoint.upkeep.Expirer;
import dev.stillpoint.upkeep.Figures;
import dev.stillpoint.upkeep.FreedSpace;
import dev.stillpoint.upkeep.HistoryKeeper;
import dev.stillpoint.upkeep.Holds;
import dev.stillpoint.upkeep.RetentionPlans;
import dev.stillpoint.upkeep.Upkeep;
import dev.stillpoint.upkeep.UpkeepListener;
import dev.stillpoint.upkeep.UpkeepSettings;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.glassfish.jersey.server.ResourceConfig;

/** What keeps the repository in order, wired together: retention, collection, figures. */
final class KeepParts implements AutoCloseable {

  private final Database database;
  private final Repository repository;
  private final Sites sites;
  private final InstantSource clock;
  private final UpkeepSettings settings;
  private final RetentionPlans plans;
  private final Expirer expirer;
  private final Collecting collecting;
  private final Upkeep upkeep;

  /**
   * How it is kept, and by which clock.
   *
   * @param lost is told of VMs whose points go
   */
  record Settings(UpkeepSettings upkeep, InstantSource clock, Consumer<VmRef> lost) {}

  /**
   * @param queue not started yet: its runs are watched
   */
  KeepParts(
      Database database,
      Repository repository,
      Sites sites,
      Sweeper sweeper,
      RunQueue queue,
      Settings settings) {
    this.database = database;
    this.repository = repository;
    this.sites = sites;
    this.clock = settings.clock();
    this.settings = settings.upkeep();
    UpkeepListener listener =
        new AuditedUpkeep(new AuditTrail(database.audit(), settings.clock()), settings.lost());
    plans =
        new RetentionPlans(
            repository,
            database.policies(),
            database.ledger(),
            database.holds(),
            database.sightings(),
            settings.upkeep().goneAfter());
    expirer =
        new Expirer(
            new Expirer.Stores(
                repository,
                database.catalog(),
                database.ledger(),
                database.sightings(),
                database.journal()),
            plans,
            sweeper,
            queue::unfinished,
            clock,
            listener);
    collecting = new Collecting(repository, clock, listener);
    upkeep =
        new Upkeep(
            sites,
            repository,
            new Upkeep.Stores(
                database.ledger(),
                database.sightings(),
                database.space(),
                new HistoryKeeper(
                    database.history(), database.audit(), settings.upkeep().history(), listener)),
            expirer,
            collecting,
            settings.upkeep().collect(),
            new Upkeep.Clocks(clock, System::nanoTime));
    queue.observe(upkeep);
  }

  void start() {
    upkeep.start();
  }

  /**
   * Adds what callers see of it.
   *
   * @param queue not started yet: its runs are watched
   */
  ResourceConfig register(ResourceConfig api, RunQueue queue, Identities identities) {
    Figures figures = new Figures(repository, database.ledger(), database.space(), clock);
    Protection protection =
        new Protection(
            sites,
            database.policies(),
            policy ->
                policy.enabled()
                    ? policy.schedule().flatMap(s -> s.next(clock.instant())).map(Slot::begin)
                    : Optional.empty(),
            clock);
    queue.observe(new NewVmsSeen(List.of(identities::forget, protection::forget)));
    return api.register(new RetentionResource(database.policies(), plans, clock))
        .register(
            new HoldsResource(
                new Holds(database.holds(), settings.holdsAllowed(), clock), database.catalog()))
        .register(
            new DeletionsResource(
                database.catalog(),
                expirer,
                new FreedSpace(repository, database.catalog(), database.ledger())))
        .register(new CollectionResource(collecting, upkeep, figures, sites))
        .register(new ProtectionResource(sites, protection, figures))
        .register(new OverviewResource(sites, protection, figures, repository))
        .register(new MeteringResource(figures, database.policies(), clock));
  }

  @Override
  public void close() {
    upkeep.close();
    collecting.close();
  }
}
