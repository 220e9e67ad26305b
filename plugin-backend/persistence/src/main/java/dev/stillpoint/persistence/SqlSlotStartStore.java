package dev.stillpoint.persistence;

import dev.stillpoint.job.Run;
import dev.stillpoint.job.SlotStart;
import dev.stillpoint.job.SlotStartStore;
import dev.stillpoint.model.PolicyId;
import dev.stillpoint.model.RunId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.Handle;

final class SqlSlotStartStore implements SlotStartStore {

  private final Transactions transactions;
  private final SqlRunStore runs;

  SqlSlotStartStore(Transactions transactions, SqlRunStore runs) {
    this.transactions = transactions;
    this.runs = runs;
  }

  @Override
  public boolean start(Run run, SlotStart start) {
    AtomicBoolean isNew = new AtomicBoolean();
    transactions.write(
        handle -> {
          isNew.set(insert(handle, start));
          if (isNew.get()) {
            runs.insert(handle, run);
          }
        });
    return isNew.get();
  }

  @Override
  public boolean miss(SlotStart missed) {
    AtomicBoolean isNew = new AtomicBoolean();
    transactions.write(handle -> isNew.set(insert(handle, missed)));
    return isNew.get();
  }

  /** Whoever inserts second waits for the first to end, and then inserts nothing. */
  private static boolean insert(Handle handle, SlotStart start) {
    return handle
            .createUpdate(
                "insert into slot_starts (policy, slot, run, reason, noted)"
                    + " values (:policy, :slot, :run, :reason, :noted)"
                    + " on conflict (policy, slot) do nothing")
            .bind("policy", start.policy().value())
            .bind("slot", InstantText.of(start.slot()))
            .bind("run", start.run().map(RunId::value).orElse(null))
            .bind("reason", start.reason())
            .bind("noted", InstantText.of(start.noted()))
            .execute()
        == 1;
  }

  @Override
  public List<SlotStart> since(Instant slot) {
    return transactions.read(
        handle ->
            handle
                .createQuery("select * from slot_starts where slot >= :slot order by slot, policy")
                .bind("slot", InstantText.of(slot))
                .map((row, context) -> start(row))
                .list());
  }

  @Override
  public List<SlotStart> latest(PolicyId policy, int limit) {
    return transactions.read(
        handle ->
            handle
                .createQuery(
                    "select * from slot_starts where policy = :policy"
                        + " order by slot desc limit :limit")
                .bind("policy", policy.value())
                .bind("limit", limit)
                .map((row, context) -> start(row))
                .list());
  }

  private static SlotStart start(ResultSet row) throws SQLException {
    return new SlotStart(
        new PolicyId(row.getString("policy")),
        Instant.parse(row.getString("slot")),
        Optional.ofNullable(row.getString("run")).map(RunId::new),
        row.getString("reason"),
        Instant.parse(row.getString("noted")));
  }

  @Override
  public Optional<Instant> lastLook() {
    return transactions.read(
        handle ->
            handle
                .createQuery("select at from last_look where id = 1")
                .mapTo(String.class)
                .map(Instant::parse)
                .findOne());
  }

  @Override
  public void looked(Instant now) {
    transactions.write(
        handle ->
            handle
                .createUpdate(
                    "insert into last_look (id, at) values (1, :at)"
                        + " on conflict (id) do update set at = excluded.at")
                .bind("at", InstantText.of(now))
                .execute());
  }
}
