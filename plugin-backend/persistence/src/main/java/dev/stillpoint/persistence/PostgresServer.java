package dev.stillpoint.persistence;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.zaxxer.hikari.HikariConfig;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A PostgreSQL server and how we connect to it.
 *
 * <p>One transaction writes at a time, as in SQLite, whichever process it is of: it waits for a
 * lock of the whole database first. So what a store reads before it writes cannot change in
 * between, and rows are numbered in the order they become visible.
 */
final class PostgresServer implements Engine {

  /** Readers beside the one writer; a server usually has a hundred for everybody. */
  private static final int MAX_CONNECTIONS = 8;

  /** Long enough for a failover of the network, short enough for who waits for an answer. */
  private static final long CONNECTION_TIMEOUT_MILLIS = 10_000;

  private static final int CONNECT_TIMEOUT_SECONDS = 5;

  /** No statement of ours takes nearly as long: it is the server that is gone. */
  private static final int SOCKET_TIMEOUT_SECONDS = 60;

  /**
   * Whatever the server's defaults are: commits are flushed; who waits for the writer before him,
   * or holds others up because he is gone, does so for half a minute only; the values asked for
   * choose the index.
   */
  private static final String SESSION =
      "set synchronous_commit = on; set lock_timeout = '30s';"
          + " set idle_in_transaction_session_timeout = '30s';"
          + " set plan_cache_mode = force_custom_plan";

  /** "Stillpoi" in ASCII: the lock of whoever writes. */
  private static final String WRITER = "select pg_advisory_xact_lock(6013547316843147113)::text";

  private static final Duration BEAT = Duration.ofSeconds(1);
  private static final int BEAT_TIMEOUT_SECONDS = 5;

  private final String title;
  private final PostgresAddress address;
  private final DataSource source;

  PostgresServer(PostgresAddress address) {
    this.title = address.place();
    this.address = address;
    this.source = source(SOCKET_TIMEOUT_SECONDS);
  }

  private DataSource source(int socketTimeoutSeconds) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setURL(address.url());
    source.setUser(address.user());
    address.passwordFile().ifPresent(file -> source.setPassword(password(file)));
    source.setApplicationName("stillpoint");
    source.setConnectTimeout(CONNECT_TIMEOUT_SECONDS);
    source.setSocketTimeout(socketTimeoutSeconds);
    source.setTcpKeepAlive(true);
    // Messages end up in logs and on screens: they must not quote what was to be written.
    source.setLogServerErrorDetail(false);
    return source;
  }

  private static String password(Path file) {
    try {
      Set<PosixFilePermission> open = EnumSet.copyOf(Files.getPosixFilePermissions(file));
      open.removeAll(PosixFilePermissions.fromString("rwx------"));
      if (!open.isEmpty()) {
        throw new StillpointException(
            ErrorKind.PERMISSION,
            "The password file " + file + " is open to others than its owner",
            "Run: chmod 600 " + file);
      }
      return Files.readString(file, UTF_8).lines().findFirst().orElse("");
    } catch (IOException e) {
      throw new StillpointException(
          ErrorKind.STORAGE_UNAVAILABLE,
          "The password file " + file + " cannot be read: " + e,
          "See that it exists and belongs to the account Stillpoint runs under.",
          e);
    }
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public DataSource dataSource() {
    return source;
  }

  @Override
  public void settle(HikariConfig pool) {
    pool.setMaximumPoolSize(MAX_CONNECTIONS);
    pool.setConnectionTimeout(CONNECTION_TIMEOUT_MILLIS);
    pool.setConnectionInitSql(SESSION);
    // The migrations have just talked to it; if it is gone since, the first call says so.
    pool.setInitializationFailTimeout(-1);
  }

  @Override
  public Map<String, String> placeholders() {
    return Map.of("sequence", "bigint generated always as identity primary key");
  }

  @Override
  public List<String> scripts() {
    return List.of("classpath:db/migration", "classpath:db/postgresql");
  }

  @Override
  public void enterAlone(Handle handle) {
    handle.createQuery(WRITER).mapTo(String.class).one();
  }

  @Override
  public Optional<ServerLease> lease(Runnable onLoss) {
    try {
      return PostgresLease.take(source(BEAT_TIMEOUT_SECONDS), title, BEAT, onLoss);
    } catch (SQLException e) {
      throw translate(e);
    }
  }

  @Override
  public boolean lostConnection(Exception failure) {
    return PostgresFailure.lostConnection(failure);
  }

  @Override
  public StillpointException translate(Exception failure) {
    return PostgresFailure.translate(title, failure);
  }
}
