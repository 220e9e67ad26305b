package dev.stillpoint.persistence;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.StillpointException;
import java.nio.file.Path;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Turns what SQLite says into what an administrator can act on. */
final class SqliteFailure {

  private static final int PRIMARY_CODE = 0xff;

  private SqliteFailure() {}

  static StillpointException translate(Path file, Exception failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLiteException sqlite) {
        return translate(file, sqlite, failure);
      }
    }
    return unavailable(file, failure);
  }

  private static StillpointException translate(
      Path file, SQLiteException sqlite, Exception failure) {
    int code = sqlite.getResultCode().code & PRIMARY_CODE;
    if (code == SQLiteErrorCode.SQLITE_CORRUPT.code || code == SQLiteErrorCode.SQLITE_NOTADB.code) {
      return damaged(file, sqlite.getMessage(), failure);
    }
    if (code == SQLiteErrorCode.SQLITE_FULL.code) {
      return new StillpointException(
          ErrorKind.OUT_OF_SPACE,
          "The disk of the database " + file + " is full",
          "Free space on that disk.",
          failure);
    }
    if (code == SQLiteErrorCode.SQLITE_CONSTRAINT.code) {
      return new StillpointException(
          ErrorKind.CONFLICT,
          "The database " + file + " keeps such an entry already: " + sqlite.getMessage(),
          "Look at what is there, then repeat the request.",
          failure);
    }
    if (code == SQLiteErrorCode.SQLITE_ERROR.code || code == SQLiteErrorCode.SQLITE_MISUSE.code) {
      return new StillpointException(
          ErrorKind.INTERNAL,
          "The database " + file + " refused a statement: " + sqlite.getMessage(),
          "This is a defect of Stillpoint; the server's log has the details.",
          failure);
    }
    return unavailable(file, failure);
  }

  static StillpointException damaged(Path file, String finding, Exception failure) {
    return new StillpointException(
        ErrorKind.CORRUPT_DATA,
        "The database " + file + " is damaged or is not a database: " + finding,
        "Put a copy of it back; or move it away: sites and policies are then set up anew, the"
            + " restore points are found again in the repository.",
        failure);
  }

  private static StillpointException unavailable(Path file, Exception failure) {
    return new StillpointException(
        ErrorKind.STORAGE_UNAVAILABLE,
        "The database " + file + " does not answer: " + failure.getMessage(),
        "See that its disk is mounted, writable and healthy, and that no other program holds it.",
        failure);
  }
}
