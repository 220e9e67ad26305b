package dev.stillpoint.persistence;

import dev.stillpoint.audit.AuditConditions;
import dev.stillpoint.audit.AuditEntry;
import dev.stillpoint.audit.AuditLog;
import dev.stillpoint.audit.AuditSort;
import dev.stillpoint.page.Page;
import dev.stillpoint.page.Slice;
import dev.stillpoint.persistence.ListQuery.SortColumn;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

final class SqlAuditLog implements AuditLog {

  private static final List<SortColumn> ORDER =
      List.of(SortColumn.text("noted"), SortColumn.number("sequence"));

  private final Transactions transactions;

  SqlAuditLog(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public void add(AuditEntry entry) {
    transactions.write(
        handle ->
            handle
                .createUpdate(
                    "insert into audit (noted, actor, action, subject, result, detail)"
                        + " values (:noted, :actor, :action, :subject, :result, :detail)")
                .bind("noted", InstantText.of(entry.time()))
                .bind("actor", entry.actor())
                .bind("action", entry.action())
                .bind("subject", entry.subject())
                .bind("result", entry.result().name())
                .bind("detail", entry.detail())
                .execute());
  }

  @Override
  public Page<AuditEntry> page(AuditConditions conditions, Slice<AuditSort> slice) {
    return query(conditions).page(transactions, slice, (row, context) -> entry(row));
  }

  static ListQuery query(AuditConditions wanted) {
    return new ListQuery(
            "select noted, actor, action, subject, result, detail, "
                + ListQuery.keys(ORDER)
                + " from audit",
            ORDER)
        .where("actor = :actor", "actor", wanted.actor())
        .where("action = :action", "action", wanted.action())
        .where("subject = :subject", "subject", wanted.subject())
        .where("result = :result", "result", wanted.result().map(Enum::name))
        .where("noted >= :from", "from", wanted.from().map(InstantText::of))
        .where("noted < :to", "to", wanted.to().map(InstantText::of));
  }

  @Override
  public int forgetBefore(Instant time) {
    AtomicInteger forgotten = new AtomicInteger();
    transactions.write(
        handle ->
            forgotten.set(
                handle.execute("delete from audit where noted < ?", InstantText.of(time))));
    return forgotten.get();
  }

  private static AuditEntry entry(ResultSet row) throws SQLException {
    return new AuditEntry(
        Instant.parse(row.getString("noted")),
        row.getString("actor"),
        row.getString("action"),
        row.getString("subject"),
        AuditEntry.Result.valueOf(row.getString("result")),
        row.getString("detail"));
  }
}
