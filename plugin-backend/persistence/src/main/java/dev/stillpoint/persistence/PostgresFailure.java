package dev.stillpoint.persistence;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

/** Turns what PostgreSQL says into what an administrator can act on. */
final class PostgresFailure {

  private PostgresFailure() {}

  static StillpointException translate(String place, Exception failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        return translate(place, sql, failure);
      }
    }
    return away(place, failure);
  }

  /** Class 08 is of connections, 57P of servers that stop; the pool says of itself: transient. */
  static boolean lostConnection(Exception failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLTransientConnectionException) {
        return false;
      }
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        return sql.getSQLState().startsWith("08") || sql.getSQLState().startsWith("57P");
      }
    }
    return false;
  }

  /** By the codes of PostgreSQL's manual, appendix A. */
  private static StillpointException translate(String place, SQLException sql, Exception failure) {
    String state = sql.getSQLState();
    String named = "The database " + place;
    if (state.equals("53100")) {
      return new StillpointException(
          ErrorKind.OUT_OF_SPACE,
          "The disk of the database " + place + " is full",
          "Free space on that disk.",
          failure);
    }
    if (state.equals("XX001") || state.equals("XX002")) {
      return new StillpointException(
          ErrorKind.CORRUPT_DATA,
          named + " is damaged: " + sql.getMessage(),
          "Put a copy of it back; the restore points are found again in the repository.",
          failure);
    }
    return switch (state.substring(0, Math.min(2, state.length()))) {
      case "23" ->
          new StillpointException(
              ErrorKind.CONFLICT,
              named + " keeps such an entry already: " + sql.getMessage(),
              "Look at what is there, then repeat the request.",
              failure);
      case "28", "3D" ->
          new StillpointException(
              ErrorKind.STORAGE_UNAVAILABLE,
              named + " does not let us in: " + sql.getMessage(),
              "Check database.url, database.user and the password file; the database must exist and"
                  + " belong to that user.",
              failure);
      case "0A", "22", "42" ->
          new StillpointException(
              ErrorKind.INTERNAL,
              named + " refused a statement: " + sql.getMessage(),
              "This is a defect of Stillpoint, or its user may not use its own tables; the server's"
                  + " log has the details.",
              failure);
      default -> away(place, sql.getMessage(), failure);
    };
  }

  private static StillpointException away(String place, Exception failure) {
    return away(place, failure.getMessage(), failure);
  }

  private static StillpointException away(String place, String message, Exception failure) {
    return new StillpointException(
        ErrorKind.STORAGE_UNAVAILABLE,
        "The database " + place + " does not answer: " + message,
        "See that the PostgreSQL server runs and can be reached; work goes on by itself when it"
            + " does.",
        failure);
  }
}
