package dev.stillpoint.persistence;

import dev.stillpoint.metering.MeteredPoint;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.PolicyId;
import dev.stillpoint.model.RestorePointId;
import dev.stillpoint.model.RunId;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.model.VmId;
import dev.stillpoint.retention.KeptPoint;
import dev.stillpoint.retention.Lifetime;
import dev.stillpoint.retention.RunKind;
import dev.stillpoint.retention.VmRef;
import dev.stillpoint.upkeep.PointLedger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.PreparedBatch;

final class SqlPointLedger implements PointLedger {

  static final String UNLISTED =
      "select p.id from restore_points p left join kept_points k"
          + " on k.id = p.id and k.ended is null where k.id is null limit :limit";

  static final String LOST =
      "select k.id from kept_points k left join restore_points p on p.id = k.id"
          + " where k.ended is null and p.id is null";

  static final String WITH_DUE =
      "select distinct site, vm from kept_points"
          + " where ended is null and expires <= :at order by site, vm";

  static final String OF_VM =
      "select * from kept_points where site = :site and vm = :vm and ended is null"
          + " order by point_time, id";

  static final String OF_POLICY =
      "select * from kept_points where policy = :policy and ended is null"
          + " order by point_time, id";

  private static final Duration LONGEST_RUN = Duration.ofDays(7);

  private final Transactions transactions;
  private final AtomicLong version = new AtomicLong();

  SqlPointLedger(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public void record(List<KeptPoint> points) {
    if (points.isEmpty()) {
      return;
    }
    transactions.write(
        handle -> {
          PreparedBatch batch =
              handle.prepareBatch(
                  "insert into kept_points (id, site, vm, vm_name, policy, run, point_time, since,"
                      + " kind, expires, ended, logical_bytes, stored_bytes)"
                      + " values (:id, :site, :vm, :vmName, :policy, :run, :time, :since,"
                      + " :kind, :expires, null, :logical, :stored)"
                      + " on conflict (id) do update set site = excluded.site, vm = excluded.vm,"
                      + " vm_name = excluded.vm_name, policy = excluded.policy,"
                      + " run = excluded.run, point_time = excluded.point_time,"
                      + " since = excluded.since, kind = excluded.kind,"
                      + " expires = excluded.expires, ended = null,"
                      + " logical_bytes = excluded.logical_bytes,"
                      + " stored_bytes = excluded.stored_bytes");
          points.forEach(point -> bind(batch, point));
          batch.execute();
        });
    version.incrementAndGet();
  }

  private static void bind(PreparedBatch batch, KeptPoint point) {
    batch
        .bind("id", point.id().value())
        .bind("site", point.vm().site().value())
        .bind("vm", point.vm().vm().value())
        .bind("vmName", point.vmName())
        .bind("policy", point.policy().map(PolicyId::value))
        .bind("run", point.run().value())
        .bind("time", InstantText.of(point.time()))
        .bind("since", InstantText.of(point.since()))
        .bind("kind", point.lifetime().map(life -> life.kind().name()))
        .bind("expires", point.expires().map(InstantText::of))
        .bind("logical", point.logical().bytes())
        .bind("stored", point.stored().bytes())
        .add();
  }

  @Override
  public void end(RestorePointId id, Instant when) {
    transactions.write(
        handle ->
            handle.execute(
                "update kept_points set ended = ? where id = ? and ended is null",
                InstantText.of(when),
                id.value()));
    version.incrementAndGet();
  }

  @Override
  public long version() {
    return version.get();
  }

  @Override
  public List<RestorePointId> unlisted(int limit) {
    return transactions.read(
        handle ->
            handle
                .createQuery(UNLISTED)
                .bind("limit", limit)
                .mapTo(String.class)
                .map(RestorePointId::new)
                .list());
  }

  @Override
  public List<RestorePointId> lost() {
    return transactions.read(
        handle -> handle.createQuery(LOST).mapTo(String.class).map(RestorePointId::new).list());
  }

  @Override
  public Optional<KeptPoint> find(RestorePointId id) {
    return transactions.read(
        handle ->
            handle
                .createQuery("select * from kept_points where id = :id and ended is null")
                .bind("id", id.value())
                .map((row, context) -> kept(row))
                .findOne());
  }

  @Override
  public List<VmRef> withDue(Instant at) {
    return transactions.read(
        handle ->
            handle
                .createQuery(WITH_DUE)
                .bind("at", InstantText.of(at))
                .map((row, context) -> vm(row))
                .list());
  }

  @Override
  public List<KeptPoint> ofVm(VmRef vm) {
    return transactions.read(
        handle ->
            handle
                .createQuery(OF_VM)
                .bind("site", vm.site().value())
                .bind("vm", vm.vm().value())
                .map((row, context) -> kept(row))
                .list());
  }

  @Override
  public List<KeptPoint> ofPolicy(PolicyId policy) {
    return transactions.read(
        handle ->
            handle
                .createQuery(OF_POLICY)
                .bind("policy", policy.value())
                .map((row, context) -> kept(row))
                .list());
  }

  @Override
  public List<VmTotals> totals() {
    return transactions.read(
        handle ->
            handle
                .createQuery(
                    "select t.*, (select k.vm_name from kept_points k where k.site = t.site"
                        + " and k.vm = t.vm and k.ended is null"
                        + " order by k.point_time desc, k.id desc limit 1) as vm_name from"
                        + " (select site, vm, count(*) as points, min(point_time) as oldest,"
                        + " max(point_time) as newest"
                        + " from kept_points where ended is null group by site, vm) t"
                        + " order by t.site, t.vm")
                .map(
                    (row, context) ->
                        new VmTotals(
                            vm(row),
                            row.getString("vm_name"),
                            row.getInt("points"),
                            Instant.parse(row.getString("oldest")),
                            Instant.parse(row.getString("newest"))))
                .list());
  }

  @Override
  public List<MeteredPoint> between(Instant from, Instant before) {
    return transactions.read(
        handle ->
            handle
                .createQuery(
                    "select * from kept_points where since < :before"
                        + " and (ended is null or ended > :from) order by since, id")
                .bind("before", InstantText.of(before))
                .bind("from", InstantText.of(from))
                .map((row, context) -> metered(row))
                .list());
  }

  @Override
  public Map<VmRef, ByteCount> storedSince(Instant instant) {
    // A point's life begins with its run, some time before it; by that the rows are found.
    return stored(
        "since > :before and point_time > :instant and ended is null",
        Map.of("instant", instant, "before", instant.minus(LONGEST_RUN)));
  }

  @Override
  public Map<VmRef, ByteCount> endedSince(Instant instant) {
    return stored("ended > :instant", Map.of("instant", instant));
  }

  private Map<VmRef, ByteCount> stored(String condition, Map<String, Instant> instants) {
    Map<String, String> texts = new HashMap<>();
    instants.forEach((name, instant) -> texts.put(name, InstantText.of(instant)));
    return transactions.read(
        handle ->
            handle
                .createQuery(
                    "select site, vm, sum(stored_bytes) as stored from kept_points"
                        + " where "
                        + condition
                        + " group by site, vm")
                .bindMap(texts)
                .map((row, context) -> Map.entry(vm(row), new ByteCount(row.getLong("stored"))))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  private static VmRef vm(ResultSet row) throws SQLException {
    return new VmRef(new SiteId(row.getString("site")), new VmId(row.getString("vm")));
  }

  private static KeptPoint kept(ResultSet row) throws SQLException {
    Instant since = Instant.parse(row.getString("since"));
    Optional<Instant> expires = instant(row, "expires");
    return new KeptPoint(
        new RestorePointId(row.getString("id")),
        vm(row),
        row.getString("vm_name"),
        Optional.ofNullable(row.getString("policy")).map(PolicyId::new),
        new RunId(row.getString("run")),
        Instant.parse(row.getString("point_time")),
        Optional.ofNullable(row.getString("kind"))
            .map(kind -> new Lifetime(since, RunKind.valueOf(kind), expires)),
        new ByteCount(row.getLong("logical_bytes")),
        new ByteCount(row.getLong("stored_bytes")));
  }

  private static MeteredPoint metered(ResultSet row) throws SQLException {
    VmRef vm = vm(row);
    return new MeteredPoint(
        new RestorePointId(row.getString("id")),
        vm.site(),
        vm.vm(),
        row.getString("vm_name"),
        Optional.ofNullable(row.getString("policy")).map(PolicyId::new),
        Instant.parse(row.getString("since")),
        instant(row, "ended"),
        new ByteCount(row.getLong("logical_bytes")),
        new ByteCount(row.getLong("stored_bytes")));
  }

  private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getString(column)).map(Instant::parse);
  }
}
