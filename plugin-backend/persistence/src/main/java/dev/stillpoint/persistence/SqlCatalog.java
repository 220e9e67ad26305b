package dev.stillpoint.persistence;

import static java.util.stream.Collectors.toUnmodifiableMap;
import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.stillpoint.catalog.Catalog;
import dev.stillpoint.catalog.PointFilter;
import dev.stillpoint.catalog.PointLine;
import dev.stillpoint.catalog.RestorePoint;
import dev.stillpoint.catalog.RestorePointCodec;
import dev.stillpoint.model.PolicyId;
import dev.stillpoint.model.RestorePointId;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.model.VmId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps of each point the document that its manifest carries, and columns to find it by. */
final class SqlCatalog implements Catalog {

  private static final Logger LOG = LoggerFactory.getLogger(SqlCatalog.class);

  /** Kept where a point does not expire by itself; sorts behind all instants. */
  static final String NEVER = "never";

  private static final String NEWEST_FIRST =
      " order by point_time desc, created desc, id desc limit :limit";

  static final String NEWEST =
      "select document from restore_points where site = :site and vm = :vm" + NEWEST_FIRST;

  private static final String INSERT =
      "insert into restore_points (id, site, vm, vm_name, point_time, created, run, document,"
          + " policy, mode, state, consistency, disk_count, bytes_virtual, bytes_read, bytes_stored,"
          + " expires)"
          + " values (:id, :site, :vm, :vmName, :time, :created, :run, :document,"
          + " :policy, :mode, :state, :consistency, :diskCount, :size, :read, :stored,"
          + " :expires)"
          + " on conflict (id) do update set site = excluded.site, vm = excluded.vm,"
          + " vm_name = excluded.vm_name, point_time = excluded.point_time,"
          + " created = excluded.created, run = excluded.run, document = excluded.document,"
          + " policy = excluded.policy, mode = excluded.mode, state = excluded.state,"
          + " consistency = excluded.consistency, disk_count = excluded.disk_count,"
          + " bytes_virtual = excluded.bytes_virtual, bytes_read = excluded.bytes_read,"
          + " bytes_stored = excluded.bytes_stored, expires = excluded.expires";

  private final Transactions transactions;
  private final RestorePointCodec codec;

  SqlCatalog(Transactions transactions, RestorePointCodec codec) {
    this.transactions = transactions;
    this.codec = codec;
  }

  @Override
  public void add(RestorePoint point) {
    String document = codec.write(point);
    transactions.write(handle -> write(handle, PointLine.of(point), document));
  }

  private static void write(Handle handle, PointLine line, String document) {
    handle
        .createUpdate(INSERT)
        .bind("id", line.id().value())
        .bind("site", line.site().value())
        .bind("vm", line.vm().value())
        .bind("vmName", line.vmName())
        .bind("time", InstantText.of(line.time()))
        .bind("created", InstantText.of(line.created()))
        .bind("run", line.run().value())
        .bind("document", document)
        .bind("policy", Columns.text(line.policy().map(PolicyId::value)))
        .bind("mode", line.mode().name())
        .bind("state", line.state().name())
        .bind("consistency", Columns.text(line.consistency().map(Enum::name)))
        .bind("diskCount", line.diskCount())
        .bind("size", line.size().bytes())
        .bind("read", line.read().bytes())
        .bind("stored", line.stored().bytes())
        .bind("expires", line.expires().map(InstantText::of).orElse(NEVER))
        .execute();
  }

  /**
   * Gives the rows of an earlier Stillpoint what lists show. One that cannot be read is forgotten:
   * it is found again in the repository, or said to be damaged there.
   */
  void fillIn() {
    for (Map<String, String> some = unfilled(); !some.isEmpty(); some = unfilled()) {
      Map<String, String> batch = some;
      transactions.write(handle -> batch.forEach((id, document) -> fillIn(handle, id, document)));
    }
  }

  private void fillIn(Handle handle, String id, String document) {
    try {
      write(handle, PointLine.of(codec.read(document)), document);
    } catch (StillpointException e) {
      LOG.warn("catalog point={} forgotten: {}", id, e.getMessage());
      handle.execute("delete from restore_points where id = ?", id);
    }
  }

  private Map<String, String> unfilled() {
    return transactions.read(
        handle ->
            handle
                .createQuery(
                    "select id, document from restore_points where mode is null or expires is null"
                        + " limit 100")
                .map((row, context) -> Map.entry(row.getString("id"), row.getString("document")))
                .stream()
                .collect(toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  @Override
  public void remove(RestorePointId id) {
    transactions.write(
        handle -> handle.execute("delete from restore_points where id = ?", id.value()));
  }

  @Override
  public Optional<RestorePoint> find(RestorePointId id) {
    return transactions.read(
        handle ->
            handle
                .createQuery("select document from restore_points where id = :id")
                .bind("id", id.value())
                .mapTo(String.class)
                .map(codec::read)
                .findOne());
  }

  @Override
  public Set<RestorePointId> ids() {
    return transactions.read(
        handle ->
            handle
                .createQuery("select id from restore_points")
                .mapTo(String.class)
                .map(RestorePointId::new)
                .stream()
                .collect(toUnmodifiableSet()));
  }

  @Override
  public Optional<RestorePoint> newest(SiteId site, VmId vm) {
    return transactions.read(
        handle ->
            handle
                .createQuery(NEWEST)
                .bind("site", site.value())
                .bind("vm", vm.value())
                .bind("limit", 1)
                .mapTo(String.class)
                .map(codec::read)
                .findOne());
  }

  @Override
  public List<RestorePoint> list(PointFilter filter) {
    return transactions.read(
        handle -> {
          var query = handle.createQuery(listing(filter)).bind("limit", filter.limit());
          filter.site().ifPresent(site -> query.bind("site", site.value()));
          filter.vm().ifPresent(vm -> query.bind("vm", vm));
          return query.mapTo(String.class).map(codec::read).list();
        });
  }

  /** Only the conditions that are asked for: one that may be off keeps an index from being used. */
  static String listing(PointFilter filter) {
    List<String> conditions = new ArrayList<>();
    filter.site().ifPresent(site -> conditions.add("site = :site"));
    filter.vm().ifPresent(vm -> conditions.add("(vm = :vm or vm_name = :vm)"));
    String where = conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
    return "select document from restore_points" + where + NEWEST_FIRST;
  }
}
