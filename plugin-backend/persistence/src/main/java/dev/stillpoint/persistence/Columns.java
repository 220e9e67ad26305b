package dev.stillpoint.persistence;

import dev.stillpoint.model.ByteCount;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** How values stand in columns. */
final class Columns {

  private Columns() {}

  static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    return optional(row, column, Instant::parse);
  }

  static <T> Optional<T> optional(ResultSet row, String column, Function<String, T> meaning)
      throws SQLException {
    return Optional.ofNullable(row.getString(column)).map(meaning);
  }

  static ByteCount bytes(ResultSet row, String column) throws SQLException {
    return ByteCount.ofBytes(row.getLong(column));
  }

  /** Absent is null. */
  static String text(Optional<?> value) {
    return value.map(Object::toString).orElse(null);
  }

  static String time(Optional<Instant> value) {
    return value.map(InstantText::of).orElse(null);
  }
}
