package dev.stillpoint.persistence;

import dev.stillpoint.activity.EventNumberStore;
import dev.stillpoint.model.SiteId;
import java.util.concurrent.atomic.AtomicInteger;

final class SqlEventNumberStore implements EventNumberStore {

  private final Transactions transactions;

  SqlEventNumberStore(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public int next(SiteId site, int above) {
    AtomicInteger next = new AtomicInteger();
    transactions.write(
        handle -> {
          int last =
              handle
                  .createQuery("select last from event_numbers where site = :site")
                  .bind("site", site.value())
                  .mapTo(Integer.class)
                  .findOne()
                  .orElse(0);
          next.set(Math.addExact(Math.max(last, above), 1));
          handle
              .createUpdate(
                  "insert into event_numbers (site, last) values (:site, :last)"
                      + " on conflict (site) do update set last = excluded.last")
              .bind("site", site.value())
              .bind("last", next.get())
              .execute();
        });
    return next.get();
  }
}
