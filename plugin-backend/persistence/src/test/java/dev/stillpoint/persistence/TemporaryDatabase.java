package dev.stillpoint.persistence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A new database for each test, in a directory of its own. */
final class TemporaryDatabase implements BeforeEachCallback, AfterEachCallback {

  private Path directory;
  private Database database;

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    directory = Files.createTempDirectory("stillpoint-database");
    database = Database.open(file());
  }

  @Override
  public void afterEach(ExtensionContext context) throws IOException {
    database.close();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  Path directory() {
    return directory;
  }

  Path file() {
    return directory.resolve("stillpoint.db");
  }

  Path keyFile() {
    return directory.resolve("secret.key");
  }

  Database get() {
    return database;
  }

  /** Closes it and opens it again, as a restart of the server does. */
  Database reopen() {
    database.close();
    database = Database.open(file());
    return database;
  }
}
