package dev.stillpoint.persistence;

import static java.util.Comparator.comparing;

import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.PolicyId;
import dev.stillpoint.model.StillpointException;
import dev.stillpoint.policy.Policy;
import dev.stillpoint.policy.PolicyStore;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

final class SqlPolicyStore implements PolicyStore {

  private final Transactions transactions;
  private final Documents documents;

  SqlPolicyStore(Transactions transactions, Documents documents) {
    this.transactions = transactions;
    this.documents = documents;
  }

  @Override
  public List<Policy> all() {
    // Sorted here: what a database takes for alphabetical order depends on how it was set up.
    return transactions.read(
        handle ->
            handle
                .createQuery("select document from policies")
                .mapTo(String.class)
                .map(document -> documents.read(document, Policy.class))
                .stream()
                .sorted(
                    comparing(Policy::name, String.CASE_INSENSITIVE_ORDER)
                        .thenComparing(Policy::name))
                .toList());
  }

  @Override
  public Optional<Policy> find(PolicyId id) {
    return transactions.read(
        handle ->
            handle
                .createQuery("select document from policies where id = :id")
                .bind("id", id.value())
                .mapTo(String.class)
                .map(document -> documents.read(document, Policy.class))
                .findOne());
  }

  @Override
  public void put(Policy policy) {
    transactions.write(
        handle -> {
          refuseTakenName(handle, policy);
          handle
              .createUpdate(
                  "insert into policies (id, name, site, document)"
                      + " values (:id, :name, :site, :document)"
                      + " on conflict (id) do update set name = excluded.name,"
                      + " site = excluded.site, document = excluded.document")
              .bind("id", policy.id().value())
              .bind("name", policy.name())
              .bind("site", policy.site().value())
              .bind("document", documents.write(policy))
              .execute();
          remember(handle, policy);
        });
  }

  private void remember(Handle handle, Policy policy) {
    handle
        .createUpdate(
            "insert into past_policies (id, name, document) values (:id, :name, :document)"
                + " on conflict (id) do update set name = excluded.name,"
                + " document = excluded.document")
        .bind("id", policy.id().value())
        .bind("name", policy.name())
        .bind("document", documents.write(policy))
        .execute();
  }

  @Override
  public List<Policy> past() {
    return transactions.read(
        handle ->
            handle
                .createQuery("select document from past_policies")
                .mapTo(String.class)
                .map(document -> documents.read(document, Policy.class))
                .stream()
                .sorted(
                    comparing(Policy::name, String.CASE_INSENSITIVE_ORDER)
                        .thenComparing(Policy::name))
                .toList());
  }

  private static void refuseTakenName(Handle handle, Policy policy) {
    boolean taken =
        handle
            .createQuery("select id from policies where name = :name and id <> :id")
            .bind("name", policy.name())
            .bind("id", policy.id().value())
            .mapTo(String.class)
            .findOne()
            .isPresent();
    if (taken) {
      throw new StillpointException(
          ErrorKind.CONFLICT,
          "There is a policy named " + policy.name() + " already",
          "Choose another name, or delete that policy first.");
    }
  }

  @Override
  public void delete(PolicyId id) {
    transactions.write(handle -> handle.execute("delete from policies where id = ?", id.value()));
  }
}
