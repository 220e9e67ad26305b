package dev.stillpoint.persistence;

import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.VmId;
import dev.stillpoint.space.SpaceDay;
import dev.stillpoint.space.SpaceStore;
import dev.stillpoint.space.VmSpace;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Days are ISO 8601, and so sort as text. */
final class SqlSpaceStore implements SpaceStore {

  private final Transactions transactions;

  SqlSpaceStore(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public void put(SpaceDay day, List<VmSpace> vms) {
    transactions.write(
        handle -> {
          handle
              .createUpdate(
                  "insert into space_days (day, needed_bytes, capacity_bytes)"
                      + " values (:day, :needed, :capacity)"
                      + " on conflict (day) do update set needed_bytes = excluded.needed_bytes,"
                      + " capacity_bytes = excluded.capacity_bytes")
              .bind("day", day.day().toString())
              .bind("needed", day.needed().bytes())
              .bind("capacity", day.capacity().bytes())
              .execute();
          put(handle, vms);
        });
  }

  private static void put(Handle handle, List<VmSpace> vms) {
    PreparedBatch batch =
        handle.prepareBatch(
            "insert into vm_space_days (day, vm, unique_bytes, shared_bytes)"
                + " values (:day, :vm, :unique, :shared)"
                + " on conflict (day, vm) do update set unique_bytes = excluded.unique_bytes,"
                + " shared_bytes = excluded.shared_bytes");
    for (VmSpace vm : vms) {
      batch
          .bind("day", vm.day().toString())
          .bind("vm", vm.vm().value())
          .bind("unique", vm.unique().bytes())
          .bind("shared", vm.shared().bytes())
          .add();
    }
    batch.execute();
  }

  @Override
  public List<SpaceDay> days(LocalDate from) {
    return transactions.read(
        handle ->
            handle
                .createQuery("select * from space_days where day >= :from order by day")
                .bind("from", from.toString())
                .map(
                    (row, context) ->
                        new SpaceDay(
                            LocalDate.parse(row.getString("day")),
                            new ByteCount(row.getLong("needed_bytes")),
                            new ByteCount(row.getLong("capacity_bytes"))))
                .list());
  }

  @Override
  public List<VmSpace> vms(LocalDate from, LocalDate before) {
    return transactions.read(
        handle ->
            handle
                .createQuery(
                    "select * from vm_space_days where day >= :from and day < :before"
                        + " order by day, vm")
                .bind("from", from.toString())
                .bind("before", before.toString())
                .map((row, context) -> space(row))
                .list());
  }

  /** Each day is named: so the key leads to the rows, and those of other VMs are not read. */
  @Override
  public List<VmSpace> of(Set<VmId> vms, LocalDate from, LocalDate before) {
    List<String> days = from.datesUntil(before).map(LocalDate::toString).toList();
    if (vms.isEmpty() || days.isEmpty()) {
      return List.of();
    }
    return transactions.read(
        handle ->
            handle
                .createQuery(
                    "select * from vm_space_days where day in (<days>) and vm in (<vms>)"
                        + " order by day, vm")
                .bindList("days", days)
                .bindList("vms", vms.stream().map(VmId::value).toList())
                .map((row, context) -> space(row))
                .list());
  }

  private static VmSpace space(ResultSet row) throws SQLException {
    return new VmSpace(
        LocalDate.parse(row.getString("day")),
        new VmId(row.getString("vm")),
        new ByteCount(row.getLong("unique_bytes")),
        new ByteCount(row.getLong("shared_bytes")));
  }

  @Override
  public void forgetBefore(LocalDate day) {
    transactions.write(
        handle -> {
          handle.execute("delete from space_days where day < ?", day.toString());
          handle.execute("delete from vm_space_days where day < ?", day.toString());
        });
  }
}
