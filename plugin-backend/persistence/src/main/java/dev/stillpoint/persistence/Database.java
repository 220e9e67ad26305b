package dev.stillpoint.persistence;

import static java.util.Objects.requireNonNull;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.stillpoint.activity.EventNumberStore;
import dev.stillpoint.audit.AuditLog;
import dev.stillpoint.catalog.Catalog;
import dev.stillpoint.catalog.PointList;
import dev.stillpoint.history.RunHistory;
import dev.stillpoint.job.JournalStore;
import dev.stillpoint.job.RunStore;
import dev.stillpoint.job.SlotStartStore;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.policy.PolicyStore;
import dev.stillpoint.site.SecretStore;
import dev.stillpoint.site.SiteStore;
import dev.stillpoint.space.SpaceStore;
import dev.stillpoint.upkeep.HoldStore;
import dev.stillpoint.upkeep.PointLedger;
import dev.stillpoint.upkeep.SightingStore;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;

/**
 * The database: one SQLite file, beside it a {@code -wal} and a {@code -shm} while it is open; or a
 * PostgreSQL server. What a store's call wrote is on the disk when the call returns.
 *
 * <p>The stores are thread-safe, and fail with a {@link StillpointException} that names the
 * database: STORAGE_UNAVAILABLE, OUT_OF_SPACE or CORRUPT_DATA. After a STORAGE_UNAVAILABLE they
 * work again as soon as the database does. They must not be used after {@link #close()}.
 */
public final class Database implements AutoCloseable {

  private final Engine engine;
  private final HikariDataSource pool;
  private final Transactions transactions;
  private final Documents documents = new Documents();
  // One for all: it counts what changes.
  private final PointLedger ledger;

  private Database(Engine engine, HikariDataSource pool, Transactions transactions) {
    this.engine = engine;
    this.pool = pool;
    this.transactions = transactions;
    this.ledger = new SqlPointLedger(transactions);
  }

  /**
   * Opens a database, or makes one that only its owner may read; brings its schema up to date.
   *
   * @throws StillpointException CORRUPT_DATA when the file is damaged, is not a database of ours,
   *     or was written by a newer Stillpoint; STORAGE_UNAVAILABLE when it cannot be made or read
   */
  public static Database open(Path file) {
    SqliteFile sqlite = SqliteFile.prepare(requireNonNull(file, "file"));
    sqlite.check();
    return open(sqlite);
  }

  /**
   * Connects to a PostgreSQL server, in whose database nothing but ours may be; brings its schema
   * up to date. Several processes may have it open.
   *
   * @throws StillpointException STORAGE_UNAVAILABLE when it does not answer or does not let us in;
   *     CORRUPT_DATA when the database is not ours or was written by a newer Stillpoint; PERMISSION
   *     when others may read the password file
   */
  public static Database open(PostgresAddress address) {
    return open(new PostgresServer(requireNonNull(address, "address")));
  }

  private static Database open(Engine engine) {
    new Schema(engine).migrate();
    HikariDataSource pool = pool(engine);
    Database database = new Database(engine, pool, new Transactions(jdbi(pool), engine));
    try {
      database.fillIn();
      return database;
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /**
   * Makes this server the one that works with the database, until the lease is closed or the server
   * dies. Where the database was away for a while the lease is taken again by itself.
   *
   * @param onLoss told, at most once, when another server has taken it meanwhile: this one must
   *     stop
   * @throws StillpointException CONFLICT when another server works with it; STORAGE_UNAVAILABLE
   */
  public ServerLease lease(Runnable onLoss) {
    return engine
        .lease(requireNonNull(onLoss, "onLoss"))
        .orElseThrow(
            () ->
                new StillpointException(
                    ErrorKind.CONFLICT,
                    "Another Stillpoint server works with the database " + engine.title(),
                    "Stop that one first; one that is to take over when it dies is started again"
                        + " and again until it can."));
  }

  /** After an upgrade; costs nothing otherwise. */
  void fillIn() {
    new SqlCatalog(transactions, new RestorePointDocument()).fillIn();
    new SqlRunStore(transactions, documents).fillIn();
  }

  private static HikariDataSource pool(Engine engine) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("database");
    config.setDataSource(engine.dataSource());
    config.setMinimumIdle(1);
    engine.settle(config);
    return new HikariDataSource(config);
  }

  private static Jdbi jdbi(DataSource source) {
    Jdbi jdbi = Jdbi.create(source);
    // Messages end up in logs and on screens: they must not quote what was to be written.
    jdbi.getConfig(StatementExceptions.class).setMessageRendering(MessageRendering.NONE);
    return jdbi;
  }

  public SiteStore sites() {
    return new SqlSiteStore(transactions);
  }

  /**
   * The passwords, sealed with the key in a file of its own, so that the database alone opens
   * nothing. The file is made when the first password is kept; put it into the backup of Stillpoint
   * itself, apart from the database.
   *
   * @param keyFile for example {@code secret.key} in the data directory
   */
  public SecretStore secrets(Path keyFile) {
    SecureRandom random = new SecureRandom();
    return new SqlSecretStore(
        transactions, new SecretKeyFile(requireNonNull(keyFile, "keyFile"), random), random);
  }

  public PolicyStore policies() {
    return new SqlPolicyStore(transactions, documents);
  }

  public RunStore runs() {
    return new SqlRunStore(transactions, documents);
  }

  public SlotStartStore slotStarts() {
    return new SqlSlotStartStore(transactions, new SqlRunStore(transactions, documents));
  }

  /**
   * Does something again and again, from now until what is returned is closed, on one of the
   * servers of this database at a time. An exception ends nothing.
   *
   * @param name the same on all servers
   */
  public AutoCloseable again(String name, Duration interval, Runnable work, InstantSource clock) {
    Ticker ticker = new Ticker(pool, name, interval, work, clock);
    ticker.start();
    return ticker;
  }

  public JournalStore journal() {
    return new SqlJournalStore(transactions, documents);
  }

  public EventNumberStore eventNumbers() {
    return new SqlEventNumberStore(transactions);
  }

  public Catalog catalog() {
    return new SqlCatalog(transactions, new RestorePointDocument());
  }

  public PointList pointList(InstantSource clock) {
    return new SqlPointList(transactions, clock);
  }

  public RunHistory history() {
    return new SqlRunHistory(transactions);
  }

  public AuditLog audit() {
    return new SqlAuditLog(transactions);
  }

  public PointLedger ledger() {
    return ledger;
  }

  public HoldStore holds() {
    return new SqlHoldStore(transactions);
  }

  public SightingStore sightings() {
    return new SqlSightingStore(transactions);
  }

  public SpaceStore space() {
    return new SqlSpaceStore(transactions);
  }

  /** For tests that look behind the stores. */
  Transactions transactions() {
    return transactions;
  }

  @Override
  public void close() {
    pool.close();
  }
}
