package dev.stillpoint.server;

import dev.stillpoint.access.Identities;
import dev.stillpoint.activity.ActivityReporter;
import dev.stillpoint.backup.BackupRunner;
import dev.stillpoint.catalog.CatalogRebuilder;
import dev.stillpoint.drive.Drives;
import dev.stillpoint.hypervisor.SiteConnector;
import dev.stillpoint.job.Janitor;
import dev.stillpoint.job.RunQueue;
import dev.stillpoint.job.Sweeper;
import dev.stillpoint.load.LoadWatch;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.persistence.Database;
import dev.stillpoint.persistence.RestorePointDocument;
import dev.stillpoint.repository.Repository;
import dev.stillpoint.rest.CallerResource;
import dev.stillpoint.rest.DisksResource;
import dev.stillpoint.rest.DriveResource;
import dev.stillpoint.rest.LeftoversResource;
import dev.stillpoint.rest.PointsResource;
import dev.stillpoint.rest.PoliciesResource;
import dev.stillpoint.rest.RepositoryResource;
import dev.stillpoint.rest.RestoresResource;
import dev.stillpoint.rest.RunsResource;
import dev.stillpoint.rest.SitesResource;
import dev.stillpoint.rest.StatusResource;
import dev.stillpoint.rest.TokenFilter;
import dev.stillpoint.rest.error.FailureMapper;
import dev.stillpoint.restore.RestoreRunner;
import dev.stillpoint.server.configuration.Configuration;
import dev.stillpoint.site.Sites;
import dev.stillpoint.transfer.ParallelCopy;
import dev.stillpoint.upkeep.LedgeredCatalog;
import dev.stillpoint.upkeep.PolicyLifetimes;
import dev.stillpoint.upkeep.RunStarts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.glassfish.jersey.jackson.JacksonFeature;
import org.glassfish.jersey.server.ResourceConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything wired together and running; closing it stops everything in reverse. */
public final class StillpointServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StillpointServer.class);

  private static final Duration ACTIVITY_INTERVAL = Duration.ofSeconds(2);
  private static final Duration MEDIA_INTERVAL = Duration.ofMinutes(5);

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final URI apiUri;

  /**
   * Starts everything, or nothing.
   *
   * @throws StillpointException when a part cannot start
   */
  public StillpointServer(Configuration configuration, List<SiteConnector> connectors) {
    try {
      apiUri = start(configuration, connectors);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private URI start(Configuration configuration, List<SiteConnector> connectors) {
    InstantSource clock = InstantSource.system();
    KeepParts.Settings settings = new KeepParts.Settings(configuration.upkeep(), clock);
    prepareDirectory(configuration.data());
    Database database = keep(Database.open(configuration.data().resolve("stillpoint.db")));
    boolean first = database.catalog().ids().isEmpty();
    Repository repository = keep(RepositoryOpening.open(configuration, first, clock));
    new CatalogRebuilder(repository, database.catalog(), new RestorePointDocument()).rebuild();
    Sites sites = keep(sites(configuration, database, connectors));
    ExecutorService threads = Executors.newCachedThreadPool(new NamedThreads("transfer"));
    keep(threads::shutdownNow);
    Sweeper sweeper = new Sweeper(sites, database.journal(), database.catalog());
    ParallelCopy copy = new ParallelCopy(threads);
    BackupRunner backups =
        backups(
            configuration,
            database,
            repository,
            sites,
            sweeper,
            new BackupRunner.Environment(clock, UUID::randomUUID, copy));
    RestoreRunner restores =
        new RestoreRunner(
            sites, sweeper, database.journal(), repository, database.catalog(), copy, clock);
    ActivityReporter activity = keep(activity(database, sites, sweeper, clock));
    RunQueue queue = keep(queue(database, sweeper, backups, restores, clock));
    queue.observe(activity);
    KeepParts upkeep = keep(new KeepParts(database, repository, sites, sweeper, queue, settings));
    Janitor janitor = new Janitor(sites, database.journal(), database.catalog(), sweeper, queue);
    ResourceConfig api =
        api(new TokenFilter(
                ApiToken.readOrCreate(
                    configuration.data().resolve("api-token"), new SecureRandom()),
                sites,
                new Identities(sites, clock)))
            .register(new CallerResource())
            .register(
                new StatusResource(
                    version(), configuration.repository(), repository, queue, janitor))
            .register(new RepositoryResource(configuration.repository(), repository))
            .register(
                new SitesResource(
                    sites,
                    database.policies(),
                    queue,
                    new LoadWatch(sites, clock),
                    UUID::randomUUID))
            .register(new PoliciesResource(database.policies(), sites, queue, UUID::randomUUID))
            .register(new RunsResource(queue, sites, database.catalog()))
            .register(new PointsResource(database.catalog(), repository, sites))
            .register(new DisksResource(database.catalog(), repository))
            .register(new RestoresResource(database.catalog(), queue, restores))
            .register(new DriveResource(sites, drives(database, sites, sweeper, clock)))
            .register(new LeftoversResource(janitor, sites));
    HttpEndpoint http = keep(http(configuration, upkeep.register(api)));
    http.start();
    queue.start();
    upkeep.start();
    return http.apiUri();
  }

  private static HttpEndpoint http(Configuration configuration, ResourceConfig api) {
    return new HttpEndpoint(configuration.address(), configuration.port(), api);
  }

  private static Sites sites(
      Configuration configuration, Database database, List<SiteConnector> connectors) {
    return new Sites(
        database.sites(),
        database.secrets(configuration.data().resolve("secret.key")),
        connectors,
        configuration.timeouts());
  }

  private static BackupRunner backups(
      Configuration configuration,
      Database database,
      Repository repository,
      Sites sites,
      Sweeper sweeper,
      BackupRunner.Environment environment) {
    return new BackupRunner(
        sites,
        sweeper,
        database.journal(),
        new BackupRunner.Stores(
            repository,
            new LedgeredCatalog(database.catalog(), database.ledger()),
            new RestorePointDocument(),
            new PolicyLifetimes(
                database.policies(), RunStarts.manual(), configuration.upkeep().withoutPolicy())),
        environment,
        configuration.limits());
  }

  private static RunQueue queue(
      Database database,
      Sweeper sweeper,
      BackupRunner backups,
      RestoreRunner restores,
      InstantSource clock) {
    return new RunQueue(
        database.runs(), database.journal(), sweeper, backups, restores, clock, UUID::randomUUID);
  }

  private static ActivityReporter activity(
      Database database, Sites sites, Sweeper sweeper, InstantSource clock) {
    return new ActivityReporter(
        sites,
        database.policies(),
        database.journal(),
        database.eventNumbers(),
        sweeper,
        clock,
        ACTIVITY_INTERVAL);
  }

  /** With a look now and then at the images that nobody needs any more. */
  @SuppressWarnings("FutureReturnValueIgnored") // It never ends by an exception.
  private Drives drives(Database database, Sites sites, Sweeper sweeper, InstantSource clock) {
    Drives drives = new Drives(sites, database.journal(), sweeper, clock, UUID::randomUUID);
    ScheduledExecutorService tidier =
        Executors.newSingleThreadScheduledExecutor(new NamedThreads("drives"));
    keep(tidier::shutdownNow);
    long seconds = MEDIA_INTERVAL.toSeconds();
    tidier.scheduleWithFixedDelay(drives::tidy, seconds, seconds, TimeUnit.SECONDS);
    return drives;
  }

  /** What every resource has in common: JSON, problem documents, the token. */
  private static ResourceConfig api(TokenFilter tokens) {
    return new ResourceConfig()
        .register(JacksonFeature.withoutExceptionMappers())
        .register(new JsonProvider())
        .register(new BadJsonMapper())
        .register(new FailureMapper())
        .register(tokens);
  }

  private static String version() {
    String version = StillpointServer.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  private static void prepareDirectory(Path directory) {
    try {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (IOException e) {
      throw new StillpointException(
          ErrorKind.STORAGE_UNAVAILABLE,
          "The data directory " + directory + " cannot be made: " + e.getMessage(),
          "Let the server's account own its parent, or change data.directory.",
          e);
    }
  }

  private <T extends AutoCloseable> T keep(T part) {
    parts.push(part);
    return part;
  }

  /** The base of all calls, for example {@code http://127.0.0.1:8470/api/v1}. */
  public URI apiUri() {
    return apiUri;
  }

  @Override
  public void close() {
    while (!parts.isEmpty()) {
      AutoCloseable part = parts.pop();
      try {
        part.close();
      } catch (Exception e) {
        LOG.warn("{} did not stop cleanly", part.getClass().getSimpleName(), e);
      }
    }
  }
}
