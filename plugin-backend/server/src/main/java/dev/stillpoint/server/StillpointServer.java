package dev.stillpoint.server;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stillpoint.access.Identities;
import dev.stillpoint.activity.ActivityReporter;
import dev.stillpoint.audit.AuditTrail;
import dev.stillpoint.backup.BackupRunner;
import dev.stillpoint.catalog.CatalogRebuilder;
import dev.stillpoint.drive.Drives;
import dev.stillpoint.hypervisor.SiteConnector;
import dev.stillpoint.job.CheckpointRelease;
import dev.stillpoint.job.Janitor;
import dev.stillpoint.job.RunExecutors;
import dev.stillpoint.job.RunObserver;
import dev.stillpoint.job.RunQueue;
import dev.stillpoint.job.Sweeper;
import dev.stillpoint.load.LoadWatch;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.notify.NoticeSender;
import dev.stillpoint.notify.RunNotifier;
import dev.stillpoint.persistence.Database;
import dev.stillpoint.persistence.RestorePointDocument;
import dev.stillpoint.policy.PolicyStore;
import dev.stillpoint.repository.Repository;
import dev.stillpoint.rest.AuditFilter;
import dev.stillpoint.rest.AuditResource;
import dev.stillpoint.rest.CallerResource;
import dev.stillpoint.rest.DisksResource;
import dev.stillpoint.rest.DriveResource;
import dev.stillpoint.rest.LeftoversResource;
import dev.stillpoint.rest.MetricsResource;
import dev.stillpoint.rest.OpenApiResource;
import dev.stillpoint.rest.PointsResource;
import dev.stillpoint.rest.RepositoryResource;
import dev.stillpoint.rest.RestoresResource;
import dev.stillpoint.rest.RunsResource;
import dev.stillpoint.rest.SitesResource;
import dev.stillpoint.rest.StatusResource;
import dev.stillpoint.rest.TokenFilter;
import dev.stillpoint.rest.VmStatesResource;
import dev.stillpoint.rest.dto.RunDto;
import dev.stillpoint.rest.error.FailureMapper;
import dev.stillpoint.restore.RestoreRunner;
import dev.stillpoint.server.configuration.Configuration;
import dev.stillpoint.server.notice.Mail;
import dev.stillpoint.server.notice.NoticeSettings;
import dev.stillpoint.server.notice.Webhook;
import dev.stillpoint.site.Sites;
import dev.stillpoint.transfer.ParallelCopy;
import dev.stillpoint.upkeep.LedgeredCatalog;
import dev.stillpoint.upkeep.PolicyLifetimes;
import dev.stillpoint.upkeep.SlotRunStarts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
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
  private static final Duration NOTICE_PAUSE = Duration.ofSeconds(30);
  private static final Duration MEDIA_INTERVAL = Duration.ofMinutes(5);

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final CountDownLatch ended = new CountDownLatch(1);
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
    Database database = ownDatabase(configuration);
    boolean first = database.catalog().ids().isEmpty();
    Repository repository = keep(RepositoryOpening.open(configuration, first, clock));
    rebuildCatalog(database, repository, clock);
    Sites sites = keep(sites(configuration, database, connectors));
    ExecutorService threads = Executors.newCachedThreadPool(new NamedThreads("transfer"));
    keep(threads::shutdownNow);
    Sweeper sweeper = new Sweeper(sites, database.journal(), database.catalog());
    ParallelCopy copy = new ParallelCopy(threads);
    LoadWatch loads = new LoadWatch(sites, clock);
    BackupRunner backups =
        backups(
            configuration,
            database,
            repository,
            sites,
            sweeper,
            new BackupRunner.Environment(clock, UUID::randomUUID, copy, new SecureRandom()),
            loads);
    RestoreRunner restores =
        new RestoreRunner(
            sites, sweeper, database.journal(), repository, database.catalog(), copy, clock);
    List<RunObserver> observers = observers(configuration, database, sites, sweeper, clock);
    RunQueue queue = keep(queue(configuration, database, sweeper, backups, restores, clock));
    observers.forEach(queue::observe);
    Planning planning = new Planning(database, sites, queue, configuration.slotCapacity(), clock);
    ConsoleParts console = new ConsoleParts(configuration, database, repository, queue, clock);
    KeepParts.Settings settings =
        new KeepParts.Settings(configuration.upkeep(), clock, console::lost);
    KeepParts upkeep = keep(new KeepParts(database, repository, sites, sweeper, queue, settings));
    Janitor janitor = new Janitor(sites, database.journal(), database.catalog(), sweeper, queue);
    Identities identities = new Identities(sites, clock);
    ResourceConfig api =
        api(new TokenFilter(
                ApiToken.readOrCreate(
                    configuration.data().resolve("api-token"), new SecureRandom()),
                sites,
                identities))
            .register(new SitesResource(sites, database.policies(), queue, loads, UUID::randomUUID))
            .register(new RestoresResource(database.catalog(), queue, restores))
            .register(new DriveResource(sites, drives(database, sites, sweeper, clock)))
            .register(new LeftoversResource(janitor, sites));
    registerState(api, configuration.repository(), repository, queue, janitor, console, sites);
    registerLists(api, database, repository, sites, queue, clock);
    api.register(new AuditFilter(audited(database, queue, sweeper, clock)));
    planning.register(api, restores);
    console.register(api, sites, identities);
    HttpEndpoint http = keep(http(configuration, upkeep.register(api, queue, identities)));
    // Stopped before the endpoint: it waits for answers that have not ended.
    keep(console).start();
    http.start();
    queue.start();
    keep(planning.start());
    upkeep.start();
    return http.apiUri();
  }

  /** On a thread of its own: what is to stop waits for whoever tells it. */
  private void stopForAnother() {
    LOG.error("another server has taken over the database: this one stops");
    new Thread(this::close, "stop").start();
  }

  private static void rebuildCatalog(
      Database database, Repository repository, InstantSource clock) {
    CheckpointRelease release = new CheckpointRelease(database.catalog(), clock);
    new CatalogRebuilder(repository, database.catalog(), new RestorePointDocument())
        .rebuild(id -> database.journal().add(release.of(id).stream().toList()));
  }

  private Database ownDatabase(Configuration configuration) {
    prepareDirectory(configuration.data());
    Database database = keep(openDatabase(configuration));
    keep(database.lease(this::stopForAnother));
    return database;
  }

  private static Database openDatabase(Configuration configuration) {
    return configuration
        .database()
        .map(Database::open)
        .orElseGet(() -> Database.open(configuration.data().resolve("stillpoint.db")));
  }

  /** What there is now. */
  private static void registerState(
      ResourceConfig api,
      Path directory,
      Repository repository,
      RunQueue queue,
      Janitor janitor,
      ConsoleParts console,
      Sites sites) {
    api.register(
            new StatusResource(version(), directory, repository, queue, janitor, console.health()))
        .register(new RepositoryResource(directory, repository, sites))
        .register(metrics(repository, queue, janitor));
  }

  /** What can grow without bounds, and is read page by page. */
  private static void registerLists(
      ResourceConfig api,
      Database database,
      Repository repository,
      Sites sites,
      RunQueue queue,
      InstantSource clock) {
    PolicyStore policies = database.policies();
    api.register(new RunsResource(queue, sites, database.catalog(), database.history(), policies))
        .register(
            new PointsResource(
                database.catalog(), database.pointList(clock), repository, sites, policies))
        .register(new DisksResource(database.catalog(), repository))
        .register(new VmStatesResource(database.history(), sites))
        .register(new AuditResource(database.audit(), sites));
  }

  private static MetricsResource metrics(Repository repository, RunQueue queue, Janitor janitor) {
    MetricsResource metrics = new MetricsResource(version(), repository, queue, janitor);
    queue.observe(metrics);
    return metrics;
  }

  private static AuditTrail audited(
      Database database, RunQueue queue, Sweeper sweeper, InstantSource clock) {
    AuditTrail audit = new AuditTrail(database.audit(), clock);
    queue.observe(audit);
    sweeper.onRelease(audit::swept);
    return audit;
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
      BackupRunner.Environment environment,
      LoadWatch loads) {
    return new BackupRunner(
        sites,
        sweeper,
        database.journal(),
        new BackupRunner.Stores(
            repository,
            new LedgeredCatalog(database.catalog(), database.ledger()),
            new RestorePointDocument(),
            new PolicyLifetimes(
                database.policies(),
                new SlotRunStarts(database.policies(), database.slotStarts(), database.runs()),
                configuration.upkeep().withoutPolicy())),
        environment,
        configuration.limits(),
        new BackupRunner.OrderInputs(loads, database.runs()));
  }

  private static RunQueue queue(
      Configuration configuration,
      Database database,
      Sweeper sweeper,
      BackupRunner backups,
      RestoreRunner restores,
      InstantSource clock) {
    return new RunQueue(
        database.runs(),
        database.journal(),
        sweeper,
        new RunExecutors(backups, restores),
        configuration.queue(),
        clock,
        UUID::randomUUID);
  }

  /** Stopped after the queue: they tell of the run that it stops. */
  private List<RunObserver> observers(
      Configuration configuration,
      Database database,
      Sites sites,
      Sweeper sweeper,
      InstantSource clock) {
    return List.of(
        keep(activity(database, sites, sweeper, clock)),
        keep(notifier(configuration.notices(), database, clock)));
  }

  private static RunNotifier notifier(
      NoticeSettings settings, Database database, InstantSource clock) {
    List<NoticeSender> senders = new ArrayList<>();
    settings.mail().ifPresent(mail -> senders.add(new Mail(mail, clock)));
    ObjectMapper json = new JsonProvider().getContext(RunDto.class);
    settings.webhook().ifPresent(hook -> senders.add(new Webhook(hook, json, clock)));
    return new RunNotifier(
        senders, database.policies(), database.sites(), settings.zone(), NOTICE_PAUSE);
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

  /** What every resource has in common: JSON, problem documents, the token and whose it is. */
  private static ResourceConfig api(TokenFilter tokens) {
    return new ResourceConfig()
        .register(JacksonFeature.withoutExceptionMappers())
        .register(new JsonProvider())
        .register(new BadJsonMapper())
        .register(new FailureMapper())
        .register(tokens)
        .register(new CallerResource())
        .register(new OpenApiResource());
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

  /** Waits until it is closed, by whomever. */
  void awaitEnd() throws InterruptedException {
    ended.await();
  }

  @Override
  public synchronized void close() {
    while (!parts.isEmpty()) {
      AutoCloseable part = parts.pop();
      try {
        part.close();
      } catch (Exception e) {
        LOG.warn("{} did not stop cleanly", part.getClass().getSimpleName(), e);
      }
    }
    ended.countDown();
  }
}
