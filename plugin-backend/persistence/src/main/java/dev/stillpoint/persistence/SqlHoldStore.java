package dev.stillpoint.persistence;

import dev.stillpoint.model.RestorePointId;
import dev.stillpoint.retention.Hold;
import dev.stillpoint.upkeep.HoldStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

final class SqlHoldStore implements HoldStore {

  private final Transactions transactions;

  SqlHoldStore(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public List<Hold> all() {
    return transactions.read(
        handle ->
            handle
                .createQuery("select * from holds order by since, point")
                .map((row, context) -> hold(row))
                .list());
  }

  private static Hold hold(ResultSet row) throws SQLException {
    return new Hold(
        new RestorePointId(row.getString("point")),
        Optional.ofNullable(row.getString("until")).map(Instant::parse),
        row.getString("reason"),
        row.getString("who"),
        Instant.parse(row.getString("since")));
  }

  @Override
  public void put(Hold hold) {
    transactions.write(
        handle ->
            handle
                .createUpdate(
                    "insert into holds (point, until, reason, who, since)"
                        + " values (:point, :until, :reason, :who, :since)"
                        + " on conflict (point) do update set until = excluded.until,"
                        + " reason = excluded.reason, who = excluded.who, since = excluded.since")
                .bind("point", hold.point().value())
                .bind("until", hold.until().map(InstantText::of))
                .bind("reason", hold.reason())
                .bind("who", hold.who())
                .bind("since", InstantText.of(hold.since()))
                .execute());
  }

  @Override
  public void remove(RestorePointId point) {
    transactions.write(
        handle -> handle.execute("delete from holds where point = ?", point.value()));
  }
}
