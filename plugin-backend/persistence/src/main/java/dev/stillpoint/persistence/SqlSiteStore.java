package dev.stillpoint.persistence;

import static java.util.Comparator.comparing;

import dev.stillpoint.hypervisor.SiteAddress;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.site.Site;
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
    transactions.write(handle -> handle.execute("delete from sites where id = ?", id.value()));
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
