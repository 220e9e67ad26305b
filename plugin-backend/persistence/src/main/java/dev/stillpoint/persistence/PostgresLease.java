package dev.stillpoint.persistence;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lock of PostgreSQL's that belongs to one connection and ends with it, so a server that died
 * holds nothing. The connection is asked now and then; where it is broken, because the database was
 * restarted, the lock is taken again, unless another server was quicker.
 *
 * <p>Thread-safe; a thread of its own keeps it.
 */
final class PostgresLease implements ServerLease {

  private static final Logger LOG = LoggerFactory.getLogger(PostgresLease.class);

  /** "Stillser" in ASCII; beside the lock of whoever writes. */
  private static final String TAKE = "select pg_try_advisory_lock(6013547316843341170)";

  private static final String GIVE_UP = "select pg_advisory_unlock(6013547316843341170)";

  private final DataSource source;
  private final String title;
  private final Runnable onLoss;
  private final ScheduledThreadPoolExecutor keeper =
      new ScheduledThreadPoolExecutor(1, task -> daemon(task));
  private Optional<Connection> connection;
  private boolean over;

  private PostgresLease(DataSource source, String title, Connection connection, Runnable onLoss) {
    this.source = source;
    this.title = title;
    this.connection = Optional.of(connection);
    this.onLoss = onLoss;
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "database-lease");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * @param beat between two looks
   * @param onLoss told, at most once and on the lease's thread, when another server has it
   * @return empty when another server has it
   */
  @SuppressWarnings("FutureReturnValueIgnored") // Guarded: it never ends by an exception.
  static Optional<ServerLease> take(DataSource source, String title, Duration beat, Runnable onLoss)
      throws SQLException {
    Connection connection = source.getConnection();
    if (!locked(connection)) {
      connection.close();
      return Optional.empty();
    }
    PostgresLease lease = new PostgresLease(source, title, connection, onLoss);
    lease.keeper.scheduleWithFixedDelay(
        lease::look, beat.toMillis(), beat.toMillis(), TimeUnit.MILLISECONDS);
    return Optional.of(lease);
  }

  private static boolean locked(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(TAKE)) {
      return result.next() && result.getBoolean(1);
    }
  }

  private synchronized void look() {
    if (over) {
      return;
    }
    try {
      if (connection.isPresent()) {
        ask(connection.get());
      } else {
        takeAgain();
      }
    } catch (SQLException e) {
      LOG.warn("database={} its lease is not sure: {}", title, e.getMessage());
      drop();
    }
  }

  private static void ask(Connection held) throws SQLException {
    try (Statement statement = held.createStatement()) {
      statement.execute("select 1");
    }
  }

  private void takeAgain() throws SQLException {
    Connection fresh = source.getConnection();
    if (locked(fresh)) {
      connection = Optional.of(fresh);
      LOG.info("database={} its lease is taken again", title);
      return;
    }
    fresh.close();
    over = true;
    keeper.shutdown();
    LOG.error("database={} another server works with it now", title);
    onLoss.run();
  }

  private void drop() {
    try {
      if (connection.isPresent()) {
        connection.get().close();
      }
    } catch (SQLException e) {
      LOG.debug("the broken connection did not close", e);
    }
    connection = Optional.empty();
  }

  /** The next server can have it at once: one that is only hung up on ends a moment later. */
  private void giveUp() {
    if (connection.isPresent()) {
      try (Statement statement = connection.get().createStatement()) {
        statement.execute(GIVE_UP);
      } catch (SQLException e) {
        LOG.debug("the lease ends with its connection", e);
      }
    }
  }

  @Override
  public synchronized void close() {
    over = true;
    keeper.shutdownNow();
    giveUp();
    drop();
  }
}
