package dev.stillpoint.persistence;

import java.nio.file.Path;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.HandleConsumer;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/** Runs one piece of work on the database as one transaction. */
final class Transactions {

  private final Jdbi jdbi;
  private final Path file;

  Transactions(Jdbi jdbi, Path file) {
    this.jdbi = jdbi;
    this.file = file;
  }

  /** One statement that only reads, and so waits for no writer. */
  <T> T read(HandleCallback<T, RuntimeException> query) {
    try {
      return jdbi.withHandle(query);
    } catch (JdbiException e) {
      throw SqlFailure.translate(file, e);
    }
  }

  /** Any number of statements, alone with the database; durable when it returns. */
  void write(HandleConsumer<RuntimeException> work) {
    try {
      jdbi.useTransaction((Handle handle) -> work.useHandle(handle));
    } catch (JdbiException e) {
      throw SqlFailure.translate(file, e);
    }
  }
}
