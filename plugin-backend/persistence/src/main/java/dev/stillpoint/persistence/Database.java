package dev.stillpoint.persistence;

import static java.util.Objects.requireNonNull;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.stillpoint.activity.EventNumberStore;
import dev.stillpoint.catalog.Catalog;
import dev.stillpoint.job.JournalStore;
import dev.stillpoint.job.RunStore;
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
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;

/**
 * The embedded database: one SQLite file, beside it a {@code -wal} and a {@code -shm} while it is
 * open. What a store's call wrote is on the disk when the call returns.
 *
 * <p>The stores are thread-safe, and fail with a {@link StillpointException} that names the file:
 * STORAGE_UNAVAILABLE, OUT_OF_SPACE or CORRUPT_DATA. They must not be used after {@link #close()}.
 */
public final class Database implements AutoCloseable {

  /** SQLite has one writer at a time; the others are for readers beside it. */
  private static final int MAX_CONNECTIONS = 4;

  private final HikariDataSource pool;
  private final Transactions transactions;
  private final Documents documents = new Documents();

  private Database(HikariDataSource pool, Transactions transactions) {
    this.pool = pool;
    this.transactions = transactions;
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
    new Schema(sqlite).migrate();
    HikariDataSource pool = pool(sqlite.dataSource());
    return new Database(pool, new Transactions(jdbi(pool), sqlite.file()));
  }

  private static HikariDataSource pool(DataSource source) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("database");
    config.setDataSource(source);
    config.setMaximumPoolSize(MAX_CONNECTIONS);
    config.setMinimumIdle(1);
    // Connections to a file do not grow old.
    config.setMaxLifetime(0);
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

  public JournalStore journal() {
    return new SqlJournalStore(transactions, documents);
  }

  public EventNumberStore eventNumbers() {
    return new SqlEventNumberStore(transactions);
  }

  public Catalog catalog() {
    return new SqlCatalog(transactions, new RestorePointDocument());
  }

  public PointLedger ledger() {
    return new SqlPointLedger(transactions);
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
