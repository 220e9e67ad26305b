package dev.stillpoint.persistence;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;

/** The tables, brought up to date step by step by the scripts in {@code db/migration}. */
final class Schema {

  private final Engine engine;
  private final Flyway flyway;

  Schema(Engine engine) {
    this.engine = engine;
    this.flyway =
        Flyway.configure(Schema.class.getClassLoader())
            .dataSource(engine.dataSource())
            .locations(engine.scripts().toArray(new String[0]))
            .placeholders(engine.placeholders())
            .load();
  }

  /**
   * @throws StillpointException CORRUPT_DATA when the database is not ours or is newer than we are
   */
  void migrate() {
    try {
      refuseNewer();
      flyway.migrate();
    } catch (FlywayException e) {
      throw refusal(e);
    }
  }

  private void refuseNewer() {
    for (MigrationInfo step : flyway.info().applied()) {
      if (!step.getState().isResolved()) {
        throw new StillpointException(
            ErrorKind.CORRUPT_DATA,
            "The database "
                + engine.title()
                + " was written by a newer Stillpoint: this one does not know its schema version "
                + step.getVersion(),
            "Install that newer Stillpoint again, or put back the copy of the database from before"
                + " the upgrade.");
      }
    }
  }

  private StillpointException refusal(FlywayException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException) {
        return engine.translate(e);
      }
    }
    return new StillpointException(
        ErrorKind.CORRUPT_DATA,
        "The database "
            + engine.title()
            + " is no database that this Stillpoint can use: "
            + e.getMessage(),
        "Name the right one in the configuration, or put a copy of it back.",
        e);
  }
}
