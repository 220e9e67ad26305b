package dev.stillpoint.persistence;

import static java.util.Comparator.comparing;

import dev.stillpoint.hypervisor.SiteAddress;
import dev.stillpoint.model.ByteCount;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.site.Site;
import dev.stillpoint.site.SiteLimits;
import dev.stillpoint.site.SiteStore;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

final class SqlSiteStore implements SiteStore {

  private final Transactions transactions;

  SqlSiteStore(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public List<Site> all() {
    // Sorted here: what a database takes for alphabetical order depends on how it was set up.
    return transactions.read(
        handle ->
            handle.createQuery("select * from sites").map((row, context) -> site(row)).stream()
                .sorted(
                    comparing(Site::name, String.CASE_INSENSITIVE_ORDER).thenComparing(Site::name))
                .toList());
  }

  @Override
  public Optional<Site> find(SiteId id) {
    return transactions.read(
        handle ->
            handle
                .createQuery("select * from sites where id = :id")
                .bind("id", id.value())
                .map((row, context) -> site(row))
                .findOne());
  }

  @Override
  public void insert(Site site) {
    transactions.write(
        handle -> {
          refuseTakenName(handle, site.name());
          handle
              .createUpdate(
                  "insert into sites (id, name, kind, url, username, trusted_certificates)"
                      + " values (:id, :name, :kind, :url, :username, :trustedCertificates)")
              .bind("id", site.id().value())
              .bind("name", site.name())
              .bind("kind", site.kind())
              .bind("url", site.address().url().toString())
              .bind("username", site.address().username())
              .bind("trustedCertificates", site.address().trustedCertificates())
              .execute();
        });
  }

  private static void refuseTakenName(Handle handle, String name) {
    boolean taken =
        handle
            .createQuery("select id from sites where name = :name")
            .bind("name", name)
            .mapTo(String.class)
            .findOne()
            .isPresent();
    if (taken) {
      throw new StillpointException(
          ErrorKind.CONFLICT,
          "There is a site named " + name + " already",
          "Choose another name, or remove that site first.");
    }
  }

  @Override
  public void delete(SiteId id) {
    transactions.write(
        handle -> {
          handle.execute("delete from sites where id = ?", id.value());
          handle.execute("delete from site_limits where site = ?", id.value());
        });
  }

  @Override
  public SiteLimits limits(SiteId id) {
    return transactions.read(
        handle ->
            handle
                .createQuery("select vm_total, run_data from site_limits where site = :site")
                .bind("site", id.value())
                .map(
                    (row, context) ->
                        new SiteLimits(bytes(row, "vm_total"), bytes(row, "run_data")))
                .findOne()
                .orElse(SiteLimits.NONE));
  }

  private static Optional<ByteCount> bytes(ResultSet row, String column) throws SQLException {
    long bytes = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(new ByteCount(bytes));
  }

  @Override
  public void limit(SiteId id, SiteLimits limits) {
    transactions.write(
        handle ->
            handle
                .createUpdate(
                    "insert into site_limits (site, vm_total, run_data)"
                        + " values (:site, :vmTotal, :runData) on conflict (site)"
                        + " do update set vm_total = excluded.vm_total,"
                        + " run_data = excluded.run_data")
                .bind("site", id.value())
                .bind("vmTotal", limits.vmTotal().map(ByteCount::bytes).orElse(null))
                .bind("runData", limits.runData().map(ByteCount::bytes).orElse(null))
                .execute());
  }

  private static Site site(ResultSet row) throws SQLException {
    return new Site(
        new SiteId(row.getString("id")),
        row.getString("name"),
        row.getString("kind"),
        new SiteAddress(
            URI.create(row.getString("url")),
            row.getString("username"),
            row.getString("trusted_certificates")));
  }
}
