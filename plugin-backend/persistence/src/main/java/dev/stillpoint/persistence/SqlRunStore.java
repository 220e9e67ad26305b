package dev.stillpoint.persistence;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stillpoint.history.RunLine;
import dev.stillpoint.job.Run;
import dev.stillpoint.job.RunState;
import dev.stillpoint.job.RunStore;
import dev.stillpoint.model.ErrorKind;
import dev.stillpoint.model.PolicyId;
import dev.stillpoint.model.RunId;
import dev.stillpoint.model.StillpointException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The document of a run is the truth; the columns beside it are there to find it by. */
final class SqlRunStore implements RunStore {

  private static final Logger LOG = LoggerFactory.getLogger(SqlRunStore.class);

  private final Transactions transactions;
  private final Documents documents;

  SqlRunStore(Transactions transactions, Documents documents) {
    this.transactions = transactions;
    this.documents = documents;
  }

  @Override
  public void insert(Run run) {
    transactions.write(handle -> insert(handle, run));
  }

  /** As part of a transaction. */
  void insert(Handle handle, Run run) {
    JsonNode request = documents.tree(run).path("request");
    handle
        .createUpdate(
            "insert into runs (id, kind, state, site, policy, created, document)"
                + " values (:id, :kind, :state, :site, :policy, :created, :document)")
        .bind("id", run.id().value())
        .bind("kind", RunLine.Kind.of(run).name().toLowerCase(Locale.ROOT))
        .bind("state", run.state().name())
        .bind("site", run.site().value())
        .bind("policy", request.path("policy").textValue())
        .bind("created", InstantText.of(run.created()))
        .bind("document", documents.write(run))
        .execute();
    RunRows.write(handle, run);
    RunRows.writeVms(handle, run);
  }

  @Override
  public void update(Run run) {
    transactions.write(
        handle -> {
          int updated =
              handle
                  .createUpdate(
                      "update runs set state = :state, document = :document where id = :id")
                  .bind("id", run.id().value())
                  .bind("state", run.state().name())
                  .bind("document", documents.write(run))
                  .execute();
          if (updated == 0) {
            throw new StillpointException(
                ErrorKind.NOT_FOUND,
                "There is no run " + run.id(),
                "List the runs that there are.");
          }
          RunRows.write(handle, run);
          if (run.state().isFinal()) {
            RunRows.writeVms(handle, run);
          }
        });
  }

  @Override
  public Optional<Run> find(RunId id) {
    return transactions.read(
        handle ->
            handle
                .createQuery("select document from runs where id = :id")
                .bind("id", id.value())
                .mapTo(String.class)
                .map(this::run)
                .findOne());
  }

  @Override
  public List<Run> unfinished() {
    List<String> states =
        Arrays.stream(RunState.values())
            .filter(state -> !state.isFinal())
            .map(RunState::name)
            .toList();
    return transactions.read(
        handle ->
            handle
                .createQuery(
                    "select document from runs where state in (<states>) order by sequence")
                .bindList("states", states)
                .mapTo(String.class)
                .map(this::run)
                .list());
  }

  @Override
  public List<Run> newest(int limit) {
    return transactions.read(
        handle ->
            handle
                .createQuery("select document from runs order by sequence desc limit :limit")
                .bind("limit", limit)
                .mapTo(String.class)
                .map(this::run)
                .list());
  }

  /** Gives the rows of an earlier Stillpoint what lists show; nothing where it cannot be read. */
  void fillIn() {
    for (Map<String, String> some = unfilled(); !some.isEmpty(); some = unfilled()) {
      Map<String, String> batch = some;
      transactions.write(handle -> batch.forEach((id, document) -> fillIn(handle, id, document)));
    }
  }

  private void fillIn(Handle handle, String id, String document) {
    try {
      Run run = run(document);
      RunRows.write(handle, run);
      RunRows.writeVms(handle, run);
    } catch (StillpointException e) {
      LOG.warn("run={} its document cannot be read: {}", id, e.getMessage());
      handle.execute("update runs set vm_count = 0, vm_name = '' where id = ?", id);
    }
  }

  /** In the order they were asked for: the last one of a VM is its state. */
  private Map<String, String> unfilled() {
    return transactions.read(
        handle -> {
          Map<String, String> found = new LinkedHashMap<>();
          handle
              .createQuery(
                  "select id, document from runs where vm_count is null order by sequence limit"
                      + " 100")
              .map((row, context) -> Map.entry(row.getString("id"), row.getString("document")))
              .forEach(row -> found.put(row.getKey(), row.getValue()));
          return found;
        });
  }

  @Override
  public List<Run> newestOf(PolicyId policy, int limit) {
    return transactions.read(
        handle ->
            handle
                .createQuery(
                    "select document from runs where policy = :policy"
                        + " order by sequence desc limit :limit")
                .bind("policy", policy.value())
                .bind("limit", limit)
                .mapTo(String.class)
                .map(this::run)
                .list());
  }

  private Run run(String document) {
    return documents.read(document, Run.class);
  }
}
