package dev.stillpoint.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillpoint.catalog.Catalog;
import dev.stillpoint.catalog.PointFilter;
import dev.stillpoint.catalog.RestorePoint;
import dev.stillpoint.model.VmId;
import dev.stillpoint.testing.Samples;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.SqlStatements;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Lists stay quick however many points there are, because an index answers them. */
final class QueryPlanTest {

  @RegisterExtension final TemporaryDatabase database = new TemporaryDatabase();

  @Test
  void listsAllPointsInTheOrderOfAnIndex() {
    assertThat(plan(SqlCatalog.listing(filter(false, false))))
        .containsExactly("SCAN restore_points USING INDEX restore_points_by_time");
  }

  @Test
  void listsPointsOfASiteInTheOrderOfAnIndex() {
    assertThat(plan(SqlCatalog.listing(filter(true, false))))
        .containsExactly("SEARCH restore_points USING INDEX restore_points_by_site (site=?)");
  }

  @Test
  void findsTheNewestOfAVmAtTheEndOfAnIndex() {
    assertThat(plan(SqlCatalog.NEWEST))
        .containsExactly(
            "SEARCH restore_points USING INDEX restore_points_by_vm (site=? AND vm=?)");
  }

  @Test
  void findsThePointsOfAVmByItsIdOrNameByIndexes() {
    assertThat(plan(SqlCatalog.listing(filter(false, true))))
        .contains(
            "SEARCH restore_points USING INDEX restore_points_by_vm_id (vm=?)",
            "SEARCH restore_points USING INDEX restore_points_by_vm_name (vm_name=?)")
        .noneMatch(step -> step.startsWith("SCAN"));
  }

  @Test
  void findsWhatIsKeptAndWhatIsDueByIndexes() {
    assertThat(plan(SqlPointLedger.WITH_DUE))
        .contains("SEARCH kept_points USING INDEX kept_points_by_expiry (ended=? AND expires<?)");
    assertThat(plan(SqlPointLedger.OF_VM))
        .contains("SEARCH kept_points USING INDEX kept_points_by_vm (site=? AND vm=? AND ended=?)");
    assertThat(plan(SqlPointLedger.OF_POLICY))
        .contains("SEARCH kept_points USING INDEX kept_points_by_policy (policy=? AND ended=?)");
    // The two comparisons with the catalog pass over one table and look the other up by its key.
    assertThat(plan(SqlPointLedger.UNLISTED)).anyMatch(step -> step.startsWith("SEARCH k USING"));
    assertThat(plan(SqlPointLedger.LOST)).anyMatch(step -> step.startsWith("SEARCH p USING"));
  }

  @Test
  void givesTheRightPointsOfTenThousand() {
    addTenThousand();
    Catalog catalog = database.get().catalog();
    assertThat(catalog.ids()).hasSize(10_000);
    assertThat(catalog.list(new PointFilter(Optional.empty(), Optional.empty(), 3)))
        .extracting(point -> point.id().value())
        .containsExactly("p9999", "p9998", "p9997");
    assertThat(catalog.list(new PointFilter(Optional.empty(), Optional.of("vm-7"), 10_000)))
        .hasSize(100);
    assertThat(catalog.newest(Samples.SITE, new VmId("vm-0")))
        .map(point -> point.id().value())
        .contains("p9900");
    assertThat(catalog.list(new PointFilter(Optional.empty(), Optional.empty(), 10_000)))
        .hasSize(10_000);
  }

  private static PointFilter filter(boolean site, boolean vm) {
    return new PointFilter(
        site ? Optional.of(Samples.SITE) : Optional.empty(),
        vm ? Optional.of("vm-1") : Optional.empty(),
        100);
  }

  private List<String> plan(String sql) {
    return database
        .get()
        .transactions()
        .read(
            handle ->
                handle
                    .createQuery("explain query plan " + sql)
                    .bind("site", "site-1")
                    .bind("vm", "vm-1")
                    .bind("limit", 100)
                    .bind("policy", "policy-1")
                    .bind("at", "2026")
                    .configure(
                        SqlStatements.class, statements -> statements.setUnusedBindingAllowed(true))
                    .map((row, context) -> row.getString("detail"))
                    .list());
  }

  /**
   * One hundred points of each of one hundred VMs, in one transaction: one by one would take long.
   */
  private void addTenThousand() {
    RestorePointDocument codec = new RestorePointDocument();
    database
        .get()
        .transactions()
        .write(
            handle -> {
              PreparedBatch batch =
                  handle.prepareBatch(
                      "insert into restore_points"
                          + " (id, site, vm, vm_name, point_time, created, run, document)"
                          + " values (:id, :site, :vm, :vm, :time, :time, 'run-1', :document)");
              for (int i = 0; i < 10_000; i++) {
                RestorePoint point =
                    Samples.point("p" + i, "vm-" + i % 100, Samples.TIME.plusSeconds(i));
                batch
                    .bind("id", point.id().value())
                    .bind("site", point.site().value())
                    .bind("vm", point.settings().id().value())
                    .bind("time", InstantText.of(point.time()))
                    .bind("document", codec.write(point))
                    .add();
              }
              batch.execute();
            });
  }
}
