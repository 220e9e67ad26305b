package dev.stillpoint.persistence;

import dev.stillpoint.hypervisor.Password;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.SiteId;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.site.SecretStore;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

final class SqlSecretStore implements SecretStore {

  private final Transactions transactions;
  private final SecretKeyFile keyFile;
  private final SecureRandom random;

  private record Sealed(String keyId, String text) {}

  SqlSecretStore(Transactions transactions, SecretKeyFile keyFile, SecureRandom random) {
    this.transactions = transactions;
    this.keyFile = keyFile;
    this.random = random;
  }

  /**
   * @throws StillpointException CORRUPT_DATA when the key file is missing or is another, or the
   *     entry is damaged; PERMISSION when others may read the key file
   */
  @Override
  public Optional<Password> find(SiteId site) {
    return sealed(site)
        .map(
            entry -> {
              try (SecretKey key = keyOf(List.of(entry.keyId()))) {
                return key.open(site, entry.text());
              }
            });
  }

  private Optional<Sealed> sealed(SiteId site) {
    return transactions.read(
        handle ->
            handle
                .createQuery("select key_id, sealed from secrets where site = :site")
                .bind("site", site.value())
                .map((row, context) -> new Sealed(row.getString(1), row.getString(2)))
                .findOne());
  }

  /**
   * @throws StillpointException as {@link #find}: all passwords are sealed with one key
   */
  @Override
  public void put(SiteId site, Password password) {
    // The key is chosen within the transaction: of two first passwords only one makes a key.
    transactions.write(
        handle -> {
          try (SecretKey key = keyOf(keyIds(handle))) {
            handle
                .createUpdate(
                    "insert into secrets (site, key_id, sealed) values (:site, :keyId, :sealed)"
                        + " on conflict (site) do update set key_id = excluded.key_id,"
                        + " sealed = excluded.sealed")
                .bind("site", site.value())
                .bind("keyId", key.id())
                .bind("sealed", key.seal(site, password, random))
                .execute();
          }
        });
  }

  private static List<String> keyIds(Handle handle) {
    return handle.createQuery("select distinct key_id from secrets").mapTo(String.class).list();
  }

  /** The key in the file, which must be the one in use; a new one where none is in use. */
  private SecretKey keyOf(List<String> inUse) {
    Optional<SecretKey> present = keyFile.read();
    if (present.isEmpty() && inUse.isEmpty()) {
      return keyFile.create();
    }
    SecretKey key = present.orElseThrow(() -> refusal("is missing"));
    if (inUse.stream().allMatch(key.id()::equals)) {
      return key;
    }
    key.close();
    throw refusal("is not the one that sealed them");
  }

  private StillpointException refusal(String why) {
    return new StillpointException(
        ErrorKind.CORRUPT_DATA,
        "The passwords of the sites cannot be opened: the key file " + keyFile.file() + " " + why,
        "Put the right key file back from your copy; if it is lost, remove all sites and add them"
            + " again.");
  }

  @Override
  public void delete(SiteId site) {
    transactions.write(
        handle -> handle.execute("delete from secrets where site = ?", site.value()));
  }
}
