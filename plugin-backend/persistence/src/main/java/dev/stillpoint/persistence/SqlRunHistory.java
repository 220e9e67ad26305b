package dev.stillpoint.persistence;

import dev.stillpoint.history.RunConditions;
import dev.stillpoint.history.RunHistory;
import dev.stillpoint.history.RunLine;
import dev.stillpoint.history.RunSort;
import dev.stillpoint.history.RunVmLine;
import dev.stillpoint.history.VmConditions;
import dev.stillpoint.history.VmSort;
import dev.stillpoint.history.VmState;
import dev.stillpoint.job.RunState;
import dev.stillpoint.job.TaskState;
import dev.stillpoint.model.PolicyId;
import dev.stillpoint.model.RestorePointId;
import dev.stillpoint.model.RunId;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.model.VmId;
import dev.stillpoint.page.Page;
import dev.stillpoint.page.Slice;
import dev.stillpoint.persistence.ListQuery.SortColumn;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The columns beside the runs' documents and the tables of their VMs; {@link RunRows} writes. */
final class SqlRunHistory implements RunHistory {

  private final Transactions transactions;

  SqlRunHistory(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public Page<RunLine> runs(RunConditions conditions, Slice<RunSort> slice) {
    return runs(conditions, slice.sort()).page(transactions, slice, (row, context) -> run(row));
  }

  static ListQuery runs(RunConditions wanted, RunSort sort) {
    List<SortColumn> order = order(sort);
    ListQuery query =
        new ListQuery(
            "select id, kind, runs.site, policy, runs.state, created, started, ended, vm_name,"
                + " vm_count, bytes_read, bytes_stored, problem, "
                + ListQuery.keys(order)
                + " from runs",
            order);
    return conditions(query, wanted, sort)
        .where(
            "id in (select run from run_vms where vm = :vm or vm_name = :vm)", "vm", wanted.vm());
  }

  @Override
  public Page<RunVmLine> vms(RunConditions conditions, Slice<RunSort> slice) {
    return vms(conditions, slice.sort()).page(transactions, slice, (row, context) -> vm(row));
  }

  static ListQuery vms(RunConditions wanted, RunSort sort) {
    List<SortColumn> order = new ArrayList<>(order(sort));
    order.add(SortColumn.number("position"));
    ListQuery query =
        new ListQuery(
            "select runs.id, kind, runs.site, policy, created, started, ended, v.vm, v.vm_name,"
                + " v.state, v.point, v.bytes_read, v.bytes_stored, v.problem, "
                + ListQuery.keys(order)
                + " from runs join run_vms v on v.run = runs.id",
            order);
    return conditions(query, wanted, sort)
        .where("(v.vm = :vm or v.vm_name = :vm)", "vm", wanted.vm());
  }

  private static ListQuery conditions(ListQuery query, RunConditions wanted, RunSort sort) {
    String site = sort == RunSort.TIME ? "runs.site" : "(runs.site || '')";
    return query
        .where(site + " = :site", "site", wanted.site().map(SiteId::value))
        .where(
            "kind = :kind", "kind", wanted.kind().map(kind -> kind.name().toLowerCase(Locale.ROOT)))
        .where("runs.state = :state", "state", wanted.state().map(Enum::name))
        .where("policy = :policy", "policy", wanted.policy().map(PolicyId::value))
        // Cheap, and leaves few runs: the first VM of each alone.
        .among("runs.subject in (<among>)", "among", values(wanted.among()))
        .among(
            "not exists (select 1 from run_vms o where o.run = runs.id"
                + " and (o.subject is null or o.subject not in (<among>)))",
            "among",
            values(wanted.among()))
        .where("created >= :from", "from", wanted.from().map(InstantText::of))
        .where("created < :to", "to", wanted.to().map(InstantText::of));
  }

  private static Optional<? extends Collection<String>> values(Optional<Set<VmId>> vms) {
    return vms.map(some -> some.stream().map(VmId::value).toList());
  }

  private static List<SortColumn> order(RunSort sort) {
    SortColumn created = SortColumn.text("created");
    SortColumn sequence = SortColumn.number("sequence");
    return switch (sort) {
      case TIME -> List.of(created, sequence);
      case READ -> List.of(SortColumn.number("runs.bytes_read"), created, sequence);
      case STORED -> List.of(SortColumn.number("runs.bytes_stored"), created, sequence);
    };
  }

  @Override
  public Page<VmState> states(VmConditions conditions, Slice<VmSort> slice) {
    return states(conditions, slice.sort()).page(transactions, slice, (row, context) -> state(row));
  }

  @Override
  public int forgetBefore(Instant time) {
    return new OldRuns(transactions).forgetBefore(time);
  }

  static ListQuery states(VmConditions wanted, VmSort sort) {
    SortColumn first = SortColumn.text(sort == VmSort.NAME ? "vm_name" : "ended");
    List<SortColumn> order = List.of(first, SortColumn.text("site"), SortColumn.text("vm"));
    return new ListQuery(
            "select site, vm, vm_name, run, state, ended, good, point, problem, "
                + ListQuery.keys(order)
                + " from vm_states",
            order)
        .where("(site || '') = :site", "site", wanted.site().map(SiteId::value))
        .where("(vm = :vm or vm_name = :vm)", "vm", wanted.vm())
        .among("vm in (<among>)", "among", values(wanted.among()))
        .where("state = :state", "state", wanted.state().map(Enum::name))
        .where(
            "(good is null or good < :since)", "since", wanted.notGoodSince().map(InstantText::of));
  }

  private static RunLine run(ResultSet row) throws SQLException {
    return new RunLine(
        new RunId(row.getString("id")),
        kind(row),
        new SiteId(row.getString("site")),
        Columns.optional(row, "policy", PolicyId::new),
        RunState.valueOf(row.getString("state")),
        Instant.parse(row.getString("created")),
        Columns.instant(row, "started"),
        Columns.instant(row, "ended"),
        row.getString("vm_name"),
        row.getInt("vm_count"),
        Columns.bytes(row, "bytes_read"),
        Columns.bytes(row, "bytes_stored"),
        Columns.optional(row, "problem", problem -> problem));
  }

  private static RunLine.Kind kind(ResultSet row) throws SQLException {
    return RunLine.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT));
  }

  private static RunVmLine vm(ResultSet row) throws SQLException {
    return new RunVmLine(
        new RunId(row.getString("id")),
        kind(row),
        new SiteId(row.getString("site")),
        Columns.optional(row, "policy", PolicyId::new),
        Columns.optional(row, "vm", VmId::new),
        row.getString("vm_name"),
        TaskState.valueOf(row.getString("state")),
        Instant.parse(row.getString("created")),
        Columns.instant(row, "started"),
        Columns.instant(row, "ended"),
        Columns.optional(row, "point", RestorePointId::new),
        Columns.bytes(row, "bytes_read"),
        Columns.bytes(row, "bytes_stored"),
        Columns.optional(row, "problem", problem -> problem));
  }

  private static VmState state(ResultSet row) throws SQLException {
    return new VmState(
        new SiteId(row.getString("site")),
        new VmId(row.getString("vm")),
        row.getString("vm_name"),
        new RunId(row.getString("run")),
        TaskState.valueOf(row.getString("state")),
        Instant.parse(row.getString("ended")),
        Columns.instant(row, "good"),
        Columns.optional(row, "point", RestorePointId::new),
        Columns.optional(row, "problem", problem -> problem));
  }
}
