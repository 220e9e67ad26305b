package dev.stillpoint.persistence;

import dev.stillpoint.model.SiteId;
import dev.stillpoint.model.VmId;
import dev.stillpoint.upkeep.SightingStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.statement.PreparedBatch;

final class SqlSightingStore implements SightingStore {

  private final Transactions transactions;

  SqlSightingStore(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public void seen(SiteId site, Map<VmId, String> vms, Instant when) {
    if (vms.isEmpty()) {
      return;
    }
    transactions.write(
        handle -> {
          PreparedBatch batch =
              handle.prepareBatch(
                  "insert into vm_sightings (site, vm, name, seen)"
                      + " values (:site, :vm, :name, :seen)"
                      + " on conflict (site, vm) do update set name = excluded.name,"
                      + " seen = excluded.seen where excluded.seen > vm_sightings.seen");
          vms.forEach(
              (vm, name) ->
                  batch
                      .bind("site", site.value())
                      .bind("vm", vm.value())
                      .bind("name", name)
                      .bind("seen", InstantText.of(when))
                      .add());
          batch.execute();
        });
  }

  @Override
  public List<Sighting> of(SiteId site) {
    return transactions.read(
        handle ->
            handle
                .createQuery(
                    "select vm, name, seen from vm_sightings where site = :site order by vm")
                .bind("site", site.value())
                .map(
                    (row, context) ->
                        new Sighting(
                            new VmId(row.getString("vm")),
                            row.getString("name"),
                            Instant.parse(row.getString("seen"))))
                .list());
  }
}
