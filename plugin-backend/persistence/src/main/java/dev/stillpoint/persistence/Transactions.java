package dev.stillpoint.persistence;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.HandleConsumer;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * Runs one piece of work on the database as one transaction. When the server was restarted, the
 * pool's connections are broken, which shows only when they are used: then the next is taken, as
 * long as nothing can have been written.
 */
final class Transactions {

  /** More than a pool holds. */
  private static final int MAX_BROKEN = 10;

  private final Jdbi jdbi;
  private final Engine engine;

  Transactions(Jdbi jdbi, Engine engine) {
    this.jdbi = jdbi;
    this.engine = engine;
  }

  /** One statement that only reads, and so waits for no writer. */
  <T> T read(HandleCallback<T, RuntimeException> query) {
    for (int broken = 0; ; broken++) {
      try {
        return jdbi.withHandle(query);
      } catch (JdbiException e) {
        if (broken == MAX_BROKEN || !engine.lostConnection(e)) {
          throw engine.translate(e);
        }
      }
    }
  }

  /** Any number of statements, alone with the database; durable when it returns. */
  void write(HandleConsumer<RuntimeException> work) {
    for (int broken = 0; ; broken++) {
      AtomicBoolean begun = new AtomicBoolean();
      try {
        jdbi.useTransaction(
            (Handle handle) -> {
              engine.enterAlone(handle);
              begun.set(true);
              work.useHandle(handle);
            });
        return;
      } catch (JdbiException e) {
        if (begun.get() || broken == MAX_BROKEN || !engine.lostConnection(e)) {
          throw engine.translate(e);
        }
      }
    }
  }
}
