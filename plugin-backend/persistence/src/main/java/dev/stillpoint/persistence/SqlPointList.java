package dev.stillpoint.persistence;

import dev.stillpoint.catalog.PointConditions;
import dev.stillpoint.catalog.PointLine;
import dev.stillpoint.catalog.PointList;
import dev.stillpoint.catalog.PointSort;
import dev.stillpoint.hypervisor.Consistency;
import dev.stillpoint.model.ByteCount;
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
import java.time.InstantSource;
import java.util.List;

/** The columns beside the points' documents; {@link SqlCatalog} writes them. */
final class SqlPointList implements PointList {

  private static final List<SortColumn> BY_TIME =
      List.of(SortColumn.text("point_time"), SortColumn.text("created"), SortColumn.text("id"));

  private final Transactions transactions;
  private final InstantSource clock;

  SqlPointList(Transactions transactions, InstantSource clock) {
    this.transactions = transactions;
    this.clock = clock;
  }

  @Override
  public Page<PointLine> page(PointConditions conditions, Slice<PointSort> slice) {
    return query(conditions, slice.sort())
        .with("now", InstantText.of(clock.instant()))
        .page(transactions, slice, (row, context) -> line(row));
  }

  static ListQuery query(PointConditions wanted, PointSort sort) {
    List<SortColumn> order = order(sort);
    // A site has a good part of all points: only in the order of time does its index help.
    String site = sort == PointSort.TIME ? "site" : "(site || '')";
    return new ListQuery(
            "select id, site, vm, vm_name, point_time, created, run, policy, mode, state,"
                + " consistency, disk_count, bytes_virtual, bytes_read, bytes_stored, expires,"
                + " exists (select 1 from holds h where h.point = restore_points.id"
                + " and (h.until is null or h.until > :now)) as held, "
                + ListQuery.keys(order)
                + " from restore_points",
            order)
        .where(site + " = :site", "site", wanted.site().map(SiteId::value))
        .where("(vm = :vm or vm_name = :vm)", "vm", wanted.vm())
        .among(
            "vm in (<among>)",
            "among",
            wanted.among().map(vms -> vms.stream().map(VmId::value).toList()))
        .where("policy = :policy", "policy", wanted.policy().map(PolicyId::value))
        .where("mode = :mode", "mode", wanted.mode().map(Enum::name))
        .where("state = :state", "state", wanted.state().map(Enum::name))
        .where("point_time >= :from", "from", wanted.from().map(InstantText::of))
        .where("point_time < :to", "to", wanted.to().map(InstantText::of))
        .where("bytes_virtual >= :atLeast", "atLeast", wanted.atLeast().map(ByteCount::bytes))
        .where("bytes_virtual <= :atMost", "atMost", wanted.atMost().map(ByteCount::bytes));
  }

  private static List<SortColumn> order(PointSort sort) {
    return switch (sort) {
      case TIME -> BY_TIME;
      case VM -> before(SortColumn.text("vm_name"));
      case SIZE -> before(SortColumn.number("bytes_virtual"));
      case STORED -> before(SortColumn.number("bytes_stored"));
      case EXPIRES -> before(SortColumn.text("expires"));
    };
  }

  private static List<SortColumn> before(SortColumn first) {
    return List.of(first, BY_TIME.get(0), BY_TIME.get(1), BY_TIME.get(2));
  }

  private static PointLine line(ResultSet row) throws SQLException {
    return new PointLine(
        new RestorePointId(row.getString("id")),
        new SiteId(row.getString("site")),
        new VmId(row.getString("vm")),
        row.getString("vm_name"),
        Instant.parse(row.getString("point_time")),
        Instant.parse(row.getString("created")),
        new RunId(row.getString("run")),
        Columns.optional(row, "policy", PolicyId::new),
        PointLine.Mode.valueOf(row.getString("mode")),
        PointLine.State.valueOf(row.getString("state")),
        Columns.optional(row, "consistency", Consistency::valueOf),
        row.getInt("disk_count"),
        Columns.bytes(row, "bytes_virtual"),
        Columns.bytes(row, "bytes_read"),
        Columns.bytes(row, "bytes_stored"),
        Columns.optional(row, "expires", text -> text)
            .filter(text -> !text.equals(SqlCatalog.NEVER))
            .map(Instant::parse),
        row.getBoolean("held"));
  }
}
