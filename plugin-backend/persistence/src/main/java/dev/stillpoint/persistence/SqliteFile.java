package dev.stillpoint.persistence;

import com.zaxxer.hikari.HikariConfig;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** A SQLite file and how we connect to it. */
final class SqliteFile implements Engine {

  /** SQLite has one writer at a time; the others are for readers beside it. */
  private static final int MAX_CONNECTIONS = 4;

  /** How long a writer waits for the one before it; far longer than any transaction of ours. */
  private static final int BUSY_TIMEOUT_MILLIS = 30_000;

  private final Path file;
  private final DataSource dataSource;

  private SqliteFile(Path file, DataSource dataSource) {
    this.file = file;
    this.dataSource = dataSource;
  }

  /** Makes the file, for its owner alone, unless it is there; SQLite's others take after it. */
  static SqliteFile prepare(Path path) {
    Path file = path.toAbsolutePath();
    try {
      Files.createDirectories(file.getParent());
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (FileAlreadyExistsException ignored) {
      // Then it is opened as it is.
    } catch (IOException e) {
      throw new StillpointException(
          ErrorKind.STORAGE_UNAVAILABLE,
          "The database " + file + " cannot be made: " + e,
          "See that the directory exists and belongs to the account Stillpoint runs under.",
          e);
    }
    return new SqliteFile(file, connectTo(file));
  }

  private static DataSource connectTo(Path file) {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    // NORMAL would lose the last transactions on a power failure; the journal may not.
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.enforceForeignKeys(true);
    config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
    // A transaction that turns into a writer midway fails at once where another has written.
    config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file);
    return source;
  }

  Path file() {
    return file;
  }

  @Override
  public String title() {
    return file.toString();
  }

  @Override
  public DataSource dataSource() {
    return dataSource;
  }

  @Override
  public void settle(HikariConfig pool) {
    pool.setMaximumPoolSize(MAX_CONNECTIONS);
    // Connections to a file do not grow old.
    pool.setMaxLifetime(0);
  }

  @Override
  public Map<String, String> placeholders() {
    return Map.of("sequence", "integer primary key autoincrement");
  }

  @Override
  public List<String> scripts() {
    return List.of("classpath:db/migration");
  }

  /** Every transaction of ours begins as a writer already. */
  @Override
  public void enterAlone(Handle handle) {}

  /** Whoever has the repository open has the file beside it to himself. */
  @Override
  public Optional<ServerLease> lease(Runnable onLoss) {
    return Optional.of(() -> {});
  }

  @Override
  public boolean lostConnection(Exception failure) {
    return false;
  }

  @Override
  public StillpointException translate(Exception failure) {
    return SqliteFailure.translate(file, failure);
  }

  /**
   * Reads the whole file once.
   *
   * @throws StillpointException CORRUPT_DATA when it is damaged or no database
   */
  void check() {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("pragma quick_check(1)")) {
      String finding = result.next() ? result.getString(1) : "no answer";
      if (!finding.equals("ok")) {
        throw SqliteFailure.damaged(file, finding, new SQLException(finding));
      }
    } catch (SQLException e) {
      throw SqliteFailure.translate(file, e);
    }
  }
}
