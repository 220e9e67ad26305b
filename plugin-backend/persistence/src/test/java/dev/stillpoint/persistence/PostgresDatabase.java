package dev.stillpoint.persistence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A new PostgreSQL database for each test, on one server for all tests of the process. */
public final class PostgresDatabase implements BeforeEachCallback, AfterEachCallback {

  private PostgresCluster cluster;
  private PostgresAddress address;
  private Database database;
  private Path directory;

  /** Ends with the process's tests. */
  private record Shared(PostgresCluster cluster) implements AutoCloseable {

    @Override
    public void close() throws IOException {
      cluster.close();
    }
  }

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    cluster =
        context
            .getRoot()
            .getStore(ExtensionContext.Namespace.create(PostgresDatabase.class))
            .getOrComputeIfAbsent("cluster", key -> new Shared(new PostgresCluster()), Shared.class)
            .cluster();
    directory = Files.createTempDirectory("stillpoint-database");
    address = cluster.newDatabase();
    database = Database.open(address);
  }

  @Override
  public void afterEach(ExtensionContext context) throws IOException {
    if (database == null) {
      return; // It was skipped.
    }
    database.close();
    Files.deleteIfExists(keyFile());
    Files.delete(directory);
    String url = address.url();
    cluster.execute("drop database " + url.substring(url.lastIndexOf('/') + 1) + " with (force)");
  }

  public PostgresCluster cluster() {
    return cluster;
  }

  public PostgresAddress address() {
    return address;
  }

  public Database get() {
    return database;
  }

  Path keyFile() {
    return directory.resolve("secret.key");
  }

  /** Closes it and opens it again, as a restart of the server does. */
  Database reopen() {
    database.close();
    database = Database.open(address);
    return database;
  }
}
