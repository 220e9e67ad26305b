package dev.stillpoint.persistence;

import dev.stillpoint.hypervisor.OutsideEffect;
import dev.stillpoint.job.JournalEntry;
import dev.stillpoint.job.JournalStore;
import dev.stillpoint.model.RunId;
import dev.stillpoint.model.SiteId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

final class SqlJournalStore implements JournalStore {

  private final Transactions transactions;
  private final Documents documents;

  SqlJournalStore(Transactions transactions, Documents documents) {
    this.transactions = transactions;
    this.documents = documents;
  }

  @Override
  public void add(Collection<JournalEntry> entries) {
    transactions.write(handle -> add(handle, entries));
  }

  @Override
  public void remove(RunId run, Collection<OutsideEffect> effects) {
    transactions.write(handle -> remove(handle, run, effects));
  }

  @Override
  public void exchange(
      RunId run, Collection<OutsideEffect> released, Collection<JournalEntry> intended) {
    transactions.write(
        handle -> {
          remove(handle, run, released);
          add(handle, intended);
        });
  }

  private void add(Handle handle, Collection<JournalEntry> entries) {
    PreparedBatch batch =
        handle.prepareBatch(
            "insert into journal (run, site, kind, reference, details, since)"
                + " values (:run, :site, :kind, :reference, :details, :since)"
                + " on conflict (run, kind, reference) do update set site = excluded.site,"
                + " details = excluded.details, since = excluded.since");
    for (JournalEntry entry : entries) {
      batch
          .bind("run", entry.run().value())
          .bind("site", entry.site().value())
          .bind("kind", entry.effect().kind().name())
          .bind("reference", entry.effect().reference())
          .bind("details", documents.write(entry.effect().details()))
          .bind("since", InstantText.of(entry.since()))
          .add();
    }
    batch.execute();
  }

  private static void remove(Handle handle, RunId run, Collection<OutsideEffect> effects) {
    PreparedBatch batch =
        handle.prepareBatch(
            "delete from journal where run = :run and kind = :kind and reference = :reference");
    for (OutsideEffect effect : effects) {
      batch
          .bind("run", run.value())
          .bind("kind", effect.kind().name())
          .bind("reference", effect.reference())
          .add();
    }
    batch.execute();
  }

  @Override
  public List<JournalEntry> all() {
    return transactions.read(
        handle ->
            handle
                .createQuery("select * from journal order by sequence")
                .map((row, context) -> entry(row))
                .list());
  }

  private JournalEntry entry(ResultSet row) throws SQLException {
    return new JournalEntry(
        new RunId(row.getString("run")),
        new SiteId(row.getString("site")),
        new OutsideEffect(
            OutsideEffect.Kind.valueOf(row.getString("kind")),
            row.getString("reference"),
            documents.readTexts(row.getString("details"))),
        Instant.parse(row.getString("since")));
  }
}
