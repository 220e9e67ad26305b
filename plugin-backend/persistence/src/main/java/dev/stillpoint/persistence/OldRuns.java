package dev.stillpoint.persistence;

import dev.stillpoint.job.RunState;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;

/** Forgets runs that nobody needs any more, some in each transaction: others write meanwhile. */
final class OldRuns {

  private static final int BATCH = 200;

  private static final String FORGETTABLE =
      "select id from runs where created < :before and state in (<ended>)"
          + " and not exists (select 1 from restore_points p where p.run = runs.id)"
          + " and not exists (select 1 from journal j where j.run = runs.id)"
          + " and not exists (select 1 from vm_states v where v.run = runs.id)"
          + " and (policy is null or exists (select 1 from runs n where n.policy = runs.policy"
          + " and n.sequence > runs.sequence order by n.sequence limit 1 offset 19))"
          + " order by sequence limit "
          + BATCH;

  private final Transactions transactions;

  OldRuns(Transactions transactions) {
    this.transactions = transactions;
  }

  int forgetBefore(Instant time) {
    String before = InstantText.of(time);
    transactions.write(handle -> handle.execute("delete from slot_starts where slot < ?", before));
    int all = 0;
    int some = BATCH;
    while (some == BATCH) {
      AtomicInteger forgotten = new AtomicInteger();
      transactions.write(handle -> forgotten.set(forgetSome(handle, before)));
      some = forgotten.get();
      all += some;
    }
    return all;
  }

  private static int forgetSome(Handle handle, String before) {
    List<String> ended =
        Arrays.stream(RunState.values()).filter(RunState::isFinal).map(RunState::name).toList();
    List<String> runs =
        handle
            .createQuery(FORGETTABLE)
            .bind("before", before)
            .bindList("ended", ended)
            .mapTo(String.class)
            .list();
    if (!runs.isEmpty()) {
      for (String sql :
          List.of(
              "delete from run_vms where run in (<runs>)",
              "delete from runs where id in (<runs>)")) {
        handle.createUpdate(sql).bindList("runs", runs).execute();
      }
    }
    return runs.size();
  }
}
